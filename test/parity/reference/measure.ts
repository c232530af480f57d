import { convertCheckpoint } from '../../../src/inference/models/convert/index.ts';
import { compare, openGraph, readReference } from '../support/reference.ts';
import type { Precision } from '../../../src/inference/models/graph-files.ts';
import type { Agreement, Reference } from '../support/reference.ts';

/** One step of run.ts, in a process of its own. */
export interface Task {
  step: 'convert' | 'compare';
  directory: string;
  target: string;
  encoder: 'image' | 'text';
  precision: Precision;
  files?: string[];
}

export interface Measured {
  ms: number;
  /** Of all threads: what other work on the machine does not change. */
  cpuMs: number;
  peakMib: number;
  files: string[];
  /** The checkpoint has no such encoder. */
  skipped?: boolean;
  int8Cosine?: number | undefined;
  agreement?: Agreement;
  /** Largest difference to the batch as it stands, when each goes alone, in another order, with more padding. */
  alone?: number;
  reversed?: number;
  padded?: number;
}

process.once('message', async (task: Task) => {
  const startedAt = performance.now();
  const found = await (task.step === 'convert' ? convert(task) : measureAgreement(task));
  const measured: Measured = {
    files: [],
    ...found,
    ms: performance.now() - startedAt,
    cpuMs: totalOf(process.cpuUsage()),
    peakMib: process.resourceUsage().maxRSS / 1024,
  };
  process.send!(measured, () => process.disconnect!());
});

function totalOf({ user, system }: NodeJS.CpuUsage): number {
  return (user + system) / 1000;
}

async function convert(task: Task): Promise<Partial<Measured>> {
  const { directory, target, encoder, precision } = task;
  const { mean, std, side, images, texts } = await readReference(directory);
  if ((encoder === 'image' ? images : texts).length === 0) return { skipped: true };
  const preprocessing = { mean, std, crop: { width: side, height: side } };
  return convertCheckpoint({ encoder, precision, source: directory, target, preprocessing });
}

async function measureAgreement({ directory, encoder, files }: Task): Promise<Partial<Measured>> {
  const reference = await readReference(directory);
  const graph = await openGraph(files![0]!, reference);
  if (encoder === 'image') {
    const vectors = await graph.images(reference.images);
    return {
      agreement: compare(vectors, reference.imageVectors),
      ...(await measureInvariance(reference.images, vectors, graph.images)),
    };
  }
  const vectors = await graph.texts(reference.texts);
  // SigLIP's width is fixed, and nothing is left to pad in a context that is full.
  const short = reference.texts.slice(0, 2);
  const together = (texts: Reference['texts']) => graph.texts(texts);
  return {
    agreement: compare(vectors, reference.textVectors),
    ...(await measureInvariance(reference.texts, vectors, together)),
    padded: compare(await graph.texts(short, 7), vectors.slice(0, 2)).maxDifference,
  };
}

async function measureInvariance<Item>(
  items: Item[],
  vectors: Float32Array[],
  run: (items: Item[]) => Promise<Float32Array[]>,
) {
  const alone: Float32Array[] = [];
  for (const item of items) alone.push(...(await run([item])));
  const reversed = (await run(items.toReversed())).toReversed();
  return {
    alone: compare(alone, vectors).maxDifference,
    reversed: compare(reversed, vectors).maxDifference,
  };
}
