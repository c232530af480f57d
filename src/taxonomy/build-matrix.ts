import type { TenantDb } from '../tenancy/tenant-db.ts';
import type { LabelPrompts } from './prompts.ts';
import { readCachedTexts, type TextCache } from './text-cache.ts';
import { createTurns } from './turns.ts';
import { writeMeanDirection } from './vectors.ts';

export interface BuiltMatrix {
  /** [labels, dimension], unit rows. */
  matrix: Float32Array;
  dimension: number;
  /** Rows that were made in another language: `{ "<row>": "en" }`. */
  fallbacks: Record<string, string>;
}

/** Told of each prompt of each row while its embedding is at hand. */
export type VisitPrompt = (prompt: { row: number; text: string; tokenCount: number }) => void;

/** Text embeddings in memory at once: 10,000 of 768 numbers are 30 MB. */
const MAX_TEXTS_AT_ONCE = 10_000;

/**
 * The taxonomy matrix of one prompt language from cached text embeddings: each row the label embedding of its
 * label's prompts. At least one label. Throws Error where a text is not cached, RangeError for a label without direction.
 */
export async function buildMatrix(
  db: TenantDb,
  cache: TextCache,
  language: string,
  labels: readonly LabelPrompts[],
  visit: VisitPrompt = () => {},
): Promise<BuiltMatrix> {
  const turn = createTurns();
  let matrix = new Float32Array();
  let dimension = 0;
  for (const { start, end, texts } of sliceLabels(labels)) {
    const embeddings = await readCachedTexts(db, cache, [...texts]);
    if (dimension === 0) {
      dimension = embeddings.values().next().value!.embedding.length;
      matrix = new Float32Array(labels.length * dimension);
    }
    for (let row = start; row < end; row++) {
      await turn();
      const vectors = labels[row]!.texts.map((text) => {
        const { embedding, tokenCount } = embeddings.get(text)!;
        visit({ row, text, tokenCount });
        return embedding;
      });
      writeMeanDirection(vectors, matrix.subarray(row * dimension, (row + 1) * dimension));
    }
  }
  const fallbacks = labels.flatMap((label, row) =>
    label.language === language ? [] : [[String(row), label.language] as const],
  );
  return { matrix, dimension, fallbacks: Object.fromEntries(fallbacks) };
}

/** Runs of labels with as many prompts as fit in memory; a label by itself may have more. */
function* sliceLabels(labels: readonly LabelPrompts[]) {
  let start = 0;
  let texts = new Set<string>();
  for (const [row, label] of labels.entries()) {
    if (row > start && texts.size + label.texts.length > MAX_TEXTS_AT_ONCE) {
      yield { start, end: row, texts };
      start = row;
      texts = new Set();
    }
    for (const text of label.texts) texts.add(text);
  }
  yield { start, end: labels.length, texts };
}
