import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ConfigError, type Config } from '../config.ts';
import { loadModel, type Model } from '../inference/index.ts';
import { graphFile, PRECISIONS, type Precision } from '../inference/models/graph-files.ts';
import { megabytes } from '../inference/models/store/index.ts';
import { cosine, readReference } from './model-reference.ts';
import { findDirectory, sayFacts } from './model-show.ts';
import { sayZeroShot } from './model-zero-shot.ts';
import { runModel, type Trial, type TrialInput } from './run-model.ts';
import { say } from './say.ts';
import { EXAMPLES, labelsFor } from './sample-images.ts';

/** Vectors of one model in another precision are the same for all purposes above this. */
const GOOD_DRIFT = 0.995;
/** Those of another implementation of the same weights differ in rounding only. */
const GOOD_REFERENCE: Record<Precision, number> = { fp32: 0.9999, fp16: 0.9999, int8: 0.995 };

/** Proves a model on this machine: it loads, embeds, is what was recorded, and tells simple pictures apart. */
export async function checkModel(config: Config, operand: string | undefined): Promise<void> {
  const model = await loadModel(await findDirectory(config, operand));
  const reference = await readReference(model.directory);
  const samples: TrialInput = {
    images: await Promise.all(EXAMPLES.map((file) => readFile(file))),
    texts: labelsFor(model).map(({ prompt }) => prompt),
  };
  const trial = await runModel(model, samples, config);
  sayTrial(model, trial);
  const problems = reference ? await compareReference(model, reference, config) : [];
  if (!reference) say('Reference:      none is recorded beside it (reference.json)');
  for (const precision of otherPrecisions(model)) {
    problems.push(
      ...sayDrift(precision, trial, await runModel(withPrecision(model, precision), samples, config)),
    );
  }
  sayZeroShot(model, trial);
  if (problems.length > 0) throw new ConfigError(problems.join('\n'));
}

function sayTrial({ id, name, dimension, revision }: Model, trial: Trial): void {
  sayFacts({
    Model: `${name} (${id}), revision ${revision.slice(0, 12)}`,
    Dimension: dimension,
    Images: `${trial.msPerImage.toFixed(1)} ms each, decoding included; ${memory(trial.imageBytes)} of memory`,
    Texts: `${trial.msPerText.toFixed(1)} ms each; ${memory(trial.textBytes)} of memory`,
    Runs: `on ${trial.provider}, loaded in ${(trial.loadMs / 1_000).toFixed(1)} s`,
  });
}

const memory = (bytes: number | undefined) => (bytes === undefined ? 'an unknown amount' : megabytes(bytes));

async function compareReference(
  model: Model,
  { texts, images }: NonNullable<Awaited<ReturnType<typeof readReference>>>,
  config: Config,
): Promise<string[]> {
  const files = await Promise.all(images.map(({ file }) => readPicture(model, file)));
  const ours = await runModel(model, { images: files, texts: texts.map(({ text }) => text) }, config);
  const cosines = [
    ...texts.map(({ embedding }, i) => cosine(embedding, ours.texts[i]!)),
    ...images.map(({ embedding }, i) => cosine(embedding, ours.images[i]!)),
  ];
  const lowest = Math.min(...cosines);
  const least = Math.min(...Object.values(model.graphs).map((graph) => GOOD_REFERENCE[precisionOf(graph)]));
  say(`Reference:      ${cosines.length} recorded vectors, lowest cosine ${lowest.toFixed(6)}`);
  return lowest >= least
    ? []
    : [
        `Its vectors are not those of reference.json: a cosine is ${lowest.toFixed(6)}, expected at least ${least}.`,
      ];
}

async function readPicture({ directory }: Model, file: string): Promise<Uint8Array> {
  return readFile(join(directory, file)).catch((cause: unknown) => {
    const message = `reference.json names the picture ${file}, which cannot be read in ${directory}. Put it there, or leave it out.`;
    throw new ConfigError(message, { cause });
  });
}

function precisionOf(graph: string): Precision {
  return PRECISIONS.find((one) => graph.endsWith(`_${one}.onnx`)) ?? 'fp32';
}

/** Those that both encoders have besides the ones in use. */
function otherPrecisions({ directory, graphs }: Model): Precision[] {
  return PRECISIONS.filter((precision) => {
    const files = [graphFile('image', precision), graphFile('text', precision)];
    return files.every((file) => existsSync(join(directory, file))) && files[0] !== graphs.image;
  });
}

function withPrecision(model: Model, precision: Precision): Model {
  return { ...model, graphs: { image: graphFile('image', precision), text: graphFile('text', precision) } };
}

function sayDrift(precision: Precision, trial: Trial, other: Trial): string[] {
  const images = Math.min(...trial.images.map((embedding, i) => cosine(embedding, other.images[i]!)));
  const texts = Math.min(...trial.texts.map((embedding, i) => cosine(embedding, other.texts[i]!)));
  say(
    `${`In ${precision}:`.padEnd(16)}lowest cosine to these ${images.toFixed(4)} (images), ${texts.toFixed(4)} (texts); ` +
      `${other.msPerImage.toFixed(1)} ms an image, ${other.msPerText.toFixed(1)} ms a text`,
  );
  if (Math.min(images, texts) >= GOOD_DRIFT) return [];
  return [
    `Its ${precision} vectors differ from the others by more than a cosine of ${GOOD_DRIFT} allows: do not use them.`,
  ];
}
