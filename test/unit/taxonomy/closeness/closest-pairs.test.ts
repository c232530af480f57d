import { describe, expect, it } from 'vitest';
import { findClosestLabels } from '../../../../src/taxonomy/closeness/find-closest-labels.ts';
import { findClosestPairs, type ClosePair } from '../../../../src/taxonomy/closeness/closest-pairs.ts';
import { watchEventLoop } from '../../../support/event-loop.ts';
import { seededInteger } from '../../../support/list-tree.ts';

/** Unit rows, the same in every run. */
function makeRows(rows: number, dimension: number): Float32Array {
  const integer = seededInteger(rows * dimension);
  const matrix = Float32Array.from({ length: rows * dimension }, () => integer(2_001) / 1_000 - 1);
  for (let row = 0; row < rows; row++) {
    const vector = matrix.subarray(row * dimension, (row + 1) * dimension);
    const length = Math.hypot(...vector);
    for (let i = 0; i < dimension; i++) vector[i]! /= length;
  }
  return matrix;
}

/** Every pair, in float64: slow, and hard to get wrong. */
function findPlainly(matrix: Float32Array, dimension: number, count: number): ClosePair[] {
  const rows = matrix.length / dimension;
  const pairs: ClosePair[] = [];
  for (let a = 0; a < rows; a++) {
    for (let b = a + 1; b < rows; b++) {
      let cosine = 0;
      for (let i = 0; i < dimension; i++) cosine += matrix[a * dimension + i]! * matrix[b * dimension + i]!;
      pairs.push([a, b, cosine]);
    }
  }
  return pairs.toSorted((p, q) => q[2] - p[2] || p[0] - q[0] || p[1] - q[1]).slice(0, count);
}

describe('findClosestPairs', () => {
  it.each([
    [1, 4],
    [2, 4],
    [3, 5],
    [127, 16],
    [129, 7],
    [300, 130],
  ])('finds the pairs of %i rows of %i numbers that a plain search finds', (rows, dimension) => {
    const matrix = makeRows(rows, dimension);
    const expected = findPlainly(matrix, dimension, 20);
    const found = findClosestPairs(matrix, dimension, 20);
    expect(found.map(([a, b]) => [a, b])).toEqual(expected.map(([a, b]) => [a, b]));
    for (const [i, [, , cosine]] of found.entries()) expect(cosine).toBeCloseTo(expected[i]![2], 5);
  });

  it('keeps equal pairs in the order of rows, whichever block they are found in', () => {
    const same = Float32Array.from({ length: 300 * 4 }, (_, i) => (i % 4 === 0 ? 1 : 0));
    expect(findClosestPairs(same, 4, 3)).toEqual([
      [0, 1, 1],
      [0, 2, 1],
      [0, 3, 1],
    ]);
  });
});

describe('findClosestLabels', () => {
  it('compares 5,000 labels while the event loop goes on', async () => {
    const dimension = 512;
    const matrix = makeRows(5_000, dimension);
    const signal = new AbortController().signal;
    const { result, durationMs, blockedMs, cpuMs } = await watchEventLoop(() =>
      findClosestLabels({ matrix, dimension }, signal),
    );
    console.log(
      `5000 labels x ${dimension}: ${durationMs} ms, event loop blocked ${blockedMs} ms at worst, its thread busy ${cpuMs} ms in all`,
    );
    expect(result).toHaveLength(100);
    expect(cpuMs).toBeLessThan(100);
  });

  it('stops when nobody waits for it, and the next search goes on', async () => {
    const matrix = makeRows(4, 4);
    const leaving = new AbortController();
    const left = findClosestLabels({ matrix: makeRows(5_000, 64), dimension: 64 }, leaving.signal);
    leaving.abort(new Error('left'));
    await expect(left).rejects.toThrow('left');
    const going = new AbortController();
    expect(await findClosestLabels({ matrix, dimension: 4 }, going.signal)).toHaveLength(6);
  });
});
