/**
 * Cuts `data` [count, dimension] into unit vectors, each an array of its own.
 * Throws Error when a row has no direction: zero, NaN or infinite.
 */
export function toUnitRows(data: Float32Array, count: number, dimension: number): Float32Array[] {
  return Array.from({ length: count }, (_, row) =>
    normalise(data.slice(row * dimension, (row + 1) * dimension)),
  );
}

function normalise(vector: Float32Array): Float32Array {
  let sum = 0;
  for (const value of vector) sum += value * value;
  const norm = Math.sqrt(sum);
  if (!(norm > 0 && norm < Infinity))
    throw new Error(`The encoder gave a vector of length ${norm}, which has no direction`);
  return vector.map((value) => value / norm);
}
