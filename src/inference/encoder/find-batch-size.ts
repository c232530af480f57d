export interface BatchTrial {
  /** Runs one batch of that size. */
  run: (size: number) => Promise<unknown>;
  /** The graph's own limit, where it has one. */
  limit: number;
  now?: () => number;
}

/** A batch must not hold its encoder longer: whoever comes next waits for it. */
const LONGEST_BATCH_MS = 400;
/** Larger batches must be worth the wait. */
const GOOD_ENOUGH = 1.05;
/** Nobody notices this wait: what fits in it goes together, and spares messages between processes. */
const UNNOTICED_MS = 50;
const ROUNDS = 3;

/**
 * The batch size to collect under load: doubles from 1 and takes the smallest whose time per item is within 5 % of
 * the best, or a larger one that takes no more than 50 ms. Processors end low, accelerators and tiny models at the
 * limit.
 */
export async function findBatchSize({ limit, ...trial }: BatchTrial): Promise<number> {
  const trials: { size: number; msPerItem: number }[] = [];
  for (let size = 1; size <= limit; size *= 2) {
    const batchMs = await fastestRun(size, trial);
    if (batchMs > LONGEST_BATCH_MS && size > 1) break;
    trials.push({ size, msPerItem: batchMs / size });
    if (batchMs > LONGEST_BATCH_MS) break;
  }
  const best = Math.min(...trials.map(({ msPerItem }) => msPerItem));
  const goodEnough = trials.find(({ msPerItem }) => msPerItem <= best * GOOD_ENOUGH)?.size ?? 1;
  const unnoticed = trials.findLast(({ size, msPerItem }) => size * msPerItem <= UNNOTICED_MS)?.size ?? 1;
  return Math.max(goodEnough, unnoticed);
}

/** The minimum: the first run of a size allocates, and a busy machine only ever adds time. */
async function fastestRun(size: number, { run, now = () => performance.now() }: Omit<BatchTrial, 'limit'>) {
  let fastestMs = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    const startedAt = now();
    await run(size);
    fastestMs = Math.min(fastestMs, now() - startedAt);
    if (fastestMs > LONGEST_BATCH_MS) break;
  }
  return fastestMs;
}
