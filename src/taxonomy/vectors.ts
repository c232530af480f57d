import { endianness } from 'node:os';

// Embeddings are stored as little-endian float32 and read as they lie in memory. Every platform that Node and
// onnxruntime are built for is little-endian; on another one scores would be nonsense, so it must not start.
if (endianness() !== 'LE') throw new Error('Taxolens needs a little-endian machine');

/** Vectors of equal length, one after the other, as bytes. */
export function packVectors(vectors: Float32Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(vectors.slice().buffer);
}

/** The numbers in packed bytes. Copies: bytes of a database driver start at any address, floats may not. */
export function unpackVectors(bytes: Uint8Array): Float32Array {
  return new Float32Array(new Uint8Array(bytes).buffer);
}

/**
 * Writes the direction of the mean of unit vectors into `out` [dimension]: a label embedding of its text embeddings.
 * Throws RangeError where there is none: no vector, or vectors that cancel out. Source: CLIP, section 3.1.4.
 */
export function writeMeanDirection(vectors: readonly Float32Array[], out: Float32Array): void {
  const sum = new Float64Array(out.length);
  for (const vector of vectors) {
    if (vector.length !== out.length) {
      throw new RangeError(`A text embedding has ${vector.length} numbers instead of ${out.length}`);
    }
    const scale = 1 / lengthOf(vector);
    for (let i = 0; i < sum.length; i++) sum[i]! += vector[i]! * scale;
  }
  const length = lengthOf(sum);
  if (!(length > 0)) throw new RangeError(`The mean of ${vectors.length} text embeddings has no direction`);
  for (let i = 0; i < sum.length; i++) out[i] = sum[i]! / length;
}

function lengthOf(vector: Float32Array | Float64Array): number {
  let squares = 0;
  for (const value of vector) squares += value * value;
  return Math.sqrt(squares);
}
