import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { openSession } from '../../../src/inference/encoder/session.ts';
import { toUnitRows } from '../../../src/inference/vectors.ts';
import type { Feed } from '../../../src/inference/encoder/session.ts';

const array = z.object({ shape: z.array(z.number()), data: z.base64() });
const triple = z.tuple([z.number(), z.number(), z.number()]);

/** What PyTorch computed with a checkpoint: written beside it by reference/make.py. */
const expectedFile = z.object({
  image: z.object({ mean: triple, std: triple, pixels: array, vectors: array }).optional(),
  text: z
    .object({ ids: z.array(z.array(z.number())), lengths: z.array(z.number()), vectors: array })
    .optional(),
});

export interface Reference {
  mean: [number, number, number];
  std: [number, number, number];
  /** Of a square of pixels. */
  side: number;
  /** One item: pixels [side, side, 3], or ids with their padding and the number of those that are text. */
  images: Uint8Array[];
  texts: { ids: number[]; length: number }[];
  imageVectors: Float32Array[];
  textVectors: Float32Array[];
}

export async function readReference(directory: string): Promise<Reference> {
  const { image, text } = expectedFile.parse(
    JSON.parse(await readFile(join(directory, 'expected.json'), 'utf8')),
  );
  const [count, side] = image?.pixels.shape ?? [0, 0];
  const pixels = Buffer.from(image?.pixels.data ?? '', 'base64');
  const size = pixels.length / Math.max(1, count!);
  return {
    mean: image?.mean ?? [0, 0, 0],
    std: image?.std ?? [1, 1, 1],
    side: side!,
    images: Array.from({ length: count! }, (_, i) => pixels.subarray(i * size, (i + 1) * size)),
    texts: text?.ids.map((ids, i) => ({ ids, length: text.lengths[i]! })) ?? [],
    imageVectors: image ? rows(image.vectors) : [],
    textVectors: text ? rows(text.vectors) : [],
  };
}

function rows({ shape, data }: z.infer<typeof array>): Float32Array[] {
  const [count, dimension] = shape as [number, number];
  const bytes = Uint8Array.from(Buffer.from(data, 'base64'));
  return toUnitRows(new Float32Array(bytes.buffer), count, dimension);
}

export interface Runner {
  /** Vectors as the graph gives them: of length 1 only if it made them so. */
  images(pictures: Uint8Array[]): Promise<Float32Array[]>;
  /** Every text padded to the longest of them, and by `padding` tokens more. */
  texts(texts: Reference['texts'], padding?: number): Promise<Float32Array[]>;
}

/** Runs a converted graph on the inputs of a reference. */
export async function openGraph(file: string, { side }: Pick<Reference, 'side'>): Promise<Runner> {
  const session = await openSession(file, 'cpu');
  const run = async (feeds: Record<string, Feed>) => {
    const { data, dims } = await session.run(feeds);
    const [count, dimension] = dims as [number, number];
    return Array.from({ length: count }, (_, row) => data.slice(row * dimension, (row + 1) * dimension));
  };
  return {
    images: (pictures) => {
      const data = new Uint8Array(Buffer.concat(pictures));
      return run({ pixels: { type: 'uint8', data, dims: [pictures.length, side, side, 3] } });
    },
    texts: (texts, padding = 0) => {
      const fixedWidth = session.inputs[0]!.shape[1];
      const longest = Math.max(...texts.map(({ length }) => length)) + padding;
      const width = typeof fixedWidth === 'number' && fixedWidth > 0 ? fixedWidth : longest;
      const dims = [texts.length, width];
      const fill = (pick: (text: Reference['texts'][number], i: number) => number): Feed => ({
        type: 'int64',
        data: texts.flatMap((text) => Array.from({ length: width }, (_, i) => pick(text, i))),
        dims,
      });
      const feeds: Record<string, Feed> = { input_ids: fill(({ ids }, i) => ids[i] ?? ids.at(-1)!) };
      if (session.inputs.some(({ name }) => name === 'attention_mask'))
        feeds['attention_mask'] = fill(({ length }, i) => (i < length ? 1 : 0));
      return run(feeds);
    },
  };
}

export interface Agreement {
  /** The lowest of all pairs. */
  cosine: number;
  maxDifference: number;
}

export function compare(some: Float32Array[], others: Float32Array[]): Agreement {
  if (some.length !== others.length || some.length === 0) throw new Error('Nothing to compare');
  const pairs = some.map((vector, i) => [vector, others[i]!] as const);
  return {
    cosine: Math.min(...pairs.map(([a, b]) => cosine(a, b))),
    maxDifference: Math.max(
      ...pairs.map(([a, b]) => Math.max(...a.map((value, n) => Math.abs(value - b[n]!)))),
    ),
  };
}

function cosine(a: Float32Array, b: Float32Array): number {
  const dot = (x: Float32Array, y: Float32Array) => x.reduce((sum, value, i) => sum + value * y[i]!, 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}
