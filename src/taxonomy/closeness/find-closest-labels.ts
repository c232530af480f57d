import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { BuiltMatrix } from '../build-matrix.ts';
import { findClosestPairs, type ClosePair } from './closest-pairs.ts';

/** Pairs that a version keeps in each prompt language. */
export const KEPT_PAIRS = 100;

/** Searches in progress: one at a time, so that publications leave cores to requests. */
let last: Promise<unknown> = Promise.resolve();

/** Multiplications that are done in some milliseconds: a thread would take longer to start. */
const MAX_IN_PLACE = 20_000_000;

/**
 * The pairs of labels that are most alike in a taxonomy matrix. Found in a thread of its own where that takes long,
 * seconds for thousands of labels: the event loop goes on. Rejects where it is aborted, and where the thread fails.
 */
export async function findClosestLabels(
  built: Pick<BuiltMatrix, 'matrix' | 'dimension'>,
  signal: AbortSignal,
): Promise<ClosePair[]> {
  const { matrix, dimension } = built;
  const labels = matrix.length / dimension;
  if ((labels * matrix.length) / 2 > MAX_IN_PLACE) return findInThread(built, signal);
  return findClosestPairs(matrix, dimension, KEPT_PAIRS);
}

function findInThread(
  { matrix, dimension }: Pick<BuiltMatrix, 'matrix' | 'dimension'>,
  signal: AbortSignal,
): Promise<ClosePair[]> {
  const found = last.then(async () => {
    signal.throwIfAborted();
    const workerData = { matrix, dimension, count: KEPT_PAIRS };
    const worker = new Worker(new URL('worker.ts', import.meta.url), { workerData });
    try {
      const [pairs] = (await once(worker, 'message', { signal })) as [ClosePair[]];
      return pairs;
    } finally {
      await worker.terminate();
    }
  });
  last = found.catch(() => {});
  return found;
}
