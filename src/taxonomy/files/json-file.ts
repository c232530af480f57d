import { z } from 'zod';
import { createTurns } from '../turns.ts';
import type { FileLabel, ImportProblem, ParsedFile } from './label-file.ts';
import { splitJsonArray } from './split-json-array.ts';

const texts = z.array(z.strictObject({ language: z.string(), text: z.string() }));

/** A label as `upsertLabels` takes it. */
const jsonLabel = z.strictObject({
  key: z.string(),
  names: texts,
  synonyms: texts.nullish(),
  description: z.string().nullish(),
  parentKey: z.string().nullish(),
  position: z.int().nullish(),
});

/** Reads an array of labels. The line of a problem is that on which its label begins. */
export async function parseJsonFile(text: string): Promise<ParsedFile> {
  const turn = createTurns();
  const labels: FileLabel[] = [];
  const problems: ImportProblem[] = [];
  for (const part of splitJsonArray(text)) {
    await turn();
    if ('problem' in part) {
      problems.push(part.problem);
      continue;
    }
    const parsed = jsonLabel.safeParse(part.value);
    if (parsed.success) {
      const { synonyms, description, parentKey, position, ...label } = parsed.data;
      labels.push({
        ...label,
        line: part.line,
        nameLanguages: null,
        ...(synonyms !== undefined && { synonyms: synonyms ?? [], synonymLanguages: null }),
        ...(description !== undefined && { description }),
        ...(parentKey !== undefined && { parentKey }),
        ...(position !== undefined && { position }),
      });
    } else {
      const message = `A label is as 'upsertLabels' takes it: ${z.prettifyError(parsed.error).replaceAll('\n', ' ')}`;
      problems.push({ line: part.line, code: 'VALUE_INVALID', message: message.slice(0, 500) });
    }
  }
  return { labels, problems, layout: null };
}
