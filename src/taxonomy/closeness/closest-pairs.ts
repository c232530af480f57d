import { createDotProducts } from './dot-products.ts';

/** Two rows of a taxonomy matrix, `a` above `b`, and the cosine of their label embeddings. */
export type ClosePair = [a: number, b: number, cosine: number];

/** Rows that are compared while they are in the processor's cache. */
const BLOCK_ROWS = 128;

/**
 * The `count` pairs of rows that are most alike, the closest first, equal ones in row order. Quadratic in the rows.
 * `matrix`: [rows, dimension], unit rows.
 */
export function findClosestPairs(matrix: Float32Array, dimension: number, count: number): ClosePair[] {
  const rows = matrix.length / dimension;
  const { dots, rowBytes, cosines } = load(matrix, dimension);
  const best: ClosePair[] = [];
  for (let start = 0; start < rows; start += BLOCK_ROWS) {
    const end = Math.min(rows, start + BLOCK_ROWS);
    for (let a = 0; a < end - 1; a++) {
      dots(a * rowBytes, start * rowBytes, rowBytes, BLOCK_ROWS, cosines.byteOffset);
      const least = best.length < count ? -Infinity : best.at(-1)![2];
      for (let b = Math.max(start, a + 1); b < end; b++) {
        const cosine = cosines[b - start]!;
        if (cosine >= least) insert(best, [a, b, Math.min(1, cosine)], count);
      }
    }
  }
  return best;
}

/** The matrix in a memory of its own: rows padded with zeros to four numbers, and to whole blocks. */
function load(matrix: Float32Array, dimension: number) {
  const rows = matrix.length / dimension;
  const width = Math.ceil(dimension / 4) * 4;
  const blocks = Math.ceil(rows / BLOCK_ROWS);
  const matrixLength = blocks * BLOCK_ROWS * width;
  const { dots, buffer } = createDotProducts(4 * (matrixLength + BLOCK_ROWS));
  const numbers = new Float32Array(buffer);
  for (let row = 0; row < rows; row++) {
    numbers.set(matrix.subarray(row * dimension, (row + 1) * dimension), row * width);
  }
  const cosines = new Float32Array(buffer, 4 * matrixLength, BLOCK_ROWS);
  return { dots, rowBytes: 4 * width, cosines };
}

function insert(best: ClosePair[], pair: ClosePair, count: number): void {
  let place = best.length;
  while (place > 0 && isCloser(pair, best[place - 1]!)) place--;
  best.splice(place, 0, pair);
  if (best.length > count) best.pop();
}

function isCloser([a, b, cosine]: ClosePair, [otherA, otherB, other]: ClosePair): boolean {
  return cosine > other || (cosine === other && (a < otherA || (a === otherA && b < otherB)));
}
