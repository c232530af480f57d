import { describe, expect, it } from 'vitest';
import { packVectors, unpackVectors, writeMeanDirection } from '../../../src/taxonomy/vectors.ts';

describe('packed vectors', () => {
  it('come back as they were, from bytes at any address', () => {
    const vectors = Float32Array.of(0, -0, 1.5, -3.25e-30, 3.4e38);
    const packed = packVectors(vectors);
    const shifted = new Uint8Array(packed.length + 1);
    shifted.set(packed, 1);
    expect(unpackVectors(shifted.subarray(1))).toEqual(vectors);
  });

  it('are little-endian', () => {
    expect([...packVectors(Float32Array.of(1))]).toEqual([0, 0, 0x80, 0x3f]);
  });
});

describe('writeMeanDirection', () => {
  it('weighs every text alike, whatever its length', () => {
    const out = new Float32Array(2);
    writeMeanDirection([Float32Array.of(10, 0), Float32Array.of(0, 0.1)], out);
    expect(out[0]).toBeCloseTo(Math.SQRT1_2, 6);
    expect(out[1]).toBeCloseTo(Math.SQRT1_2, 6);
  });

  it('refuses what has no direction', () => {
    const out = new Float32Array(2);
    expect(() => writeMeanDirection([], out)).toThrow('no direction');
    expect(() => writeMeanDirection([Float32Array.of(1, 0), Float32Array.of(-1, 0)], out)).toThrow(
      'no direction',
    );
    expect(() => writeMeanDirection([Float32Array.of(1, 0, 0)], out)).toThrow(RangeError);
  });
});
