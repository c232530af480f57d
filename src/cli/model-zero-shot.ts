import { basename } from 'node:path';
import { scoreEmbedding, type Model } from '../inference/index.ts';
import type { Trial } from './run-model.ts';
import { EXAMPLES, labelsFor } from './sample-images.ts';
import { say } from './say.ts';

/** Classifies the shipped pictures by the labels of all of them: for a glance, no measurement. */
export function sayZeroShot(model: Model, { images, texts }: Trial): void {
  const labels = labelsFor(model).map(({ label }) => label);
  const { logitScale, logitBias, activation } = model;
  const matrix = Float32Array.from(texts.flatMap((embedding) => [...embedding]));
  const rows = images.map((embedding, i) => {
    const input = { embedding, matrix, labels: labels.length, logitScale, logitBias, activation };
    const [first, second] = scoreEmbedding({ ...input, topK: 2 });
    const isRight = first!.index === i;
    const told = [first!, second!]
      .map(({ index, score }) => `${labels[index]} ${score.toFixed(3)}`)
      .join(', ');
    return { line: `  ${basename(EXAMPLES[i]!).padEnd(15)}${isRight ? 'right' : 'WRONG'}  ${told}`, isRight };
  });
  say('');
  say('Shipped pictures (drawings), each by the labels of all of them:');
  for (const { line } of rows) say(line);
  say(`${rows.filter(({ isRight }) => isRight).length} of ${rows.length} right.`);
}
