import { describe, expect, it } from 'vitest';
import { findBatchSize } from '../../../../src/inference/encoder/find-batch-size.ts';

/** Runs that take exactly what `msOf` says, on a clock of their own. */
function trial(msOf: (size: number) => number, limit = 32) {
  let clock = 0;
  const sizes: number[] = [];
  const run = async (size: number) => {
    sizes.push(size);
    clock += msOf(size);
  };
  return { sizes, find: () => findBatchSize({ run, limit, now: () => clock }) };
}

describe('findBatchSize', () => {
  it('takes the limit where a batch costs as much as one item, as on an accelerator', async () => {
    expect(await trial(() => 6).find()).toBe(32);
  });

  it('takes the smallest size within 5 % of the best time per item', async () => {
    // 33, 29, 27 and 26 ms per image for 1, 2, 4 and 8; 16 would take 408 ms.
    expect(await trial((size) => 8 + 25 * size).find()).toBe(4);
  });

  it('lets go together what takes no longer than 50 ms, whatever noise says of single runs', async () => {
    const noisy = [1, 5, 2, 9, 16, 30];
    expect(await trial((size) => noisy[Math.log2(size)]!).find()).toBe(32);
    expect(await trial((size) => 10 * size).find()).toBe(4);
  });

  it('takes 1 where batches bring nothing', async () => {
    expect(await trial((size) => 61 * size).find()).toBe(1);
  });

  it('goes no further than a batch that holds the encoder for more than 400 ms', async () => {
    const { find, sizes } = trial((size) => 100 + 50 * size);
    expect(await find()).toBe(4);
    expect(Math.max(...sizes)).toBe(8);
  });

  it('takes 1, tried once, where one item alone takes longer than that', async () => {
    const { find, sizes } = trial((size) => 2_000 * size);
    expect(await find()).toBe(1);
    expect(sizes).toEqual([1]);
  });

  it('keeps to the limit of the graph', async () => {
    expect(await trial(() => 6, 1).find()).toBe(1);
  });
});
