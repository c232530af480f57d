/** Of two vectors of one length, in float64. */
export function dotProduct(one: Float32Array, other: Float32Array): number {
  return one.reduce((sum, value, i) => sum + value * other[i]!, 0);
}
