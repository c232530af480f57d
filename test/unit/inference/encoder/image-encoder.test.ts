import { describe, expect, it } from 'vitest';
import { createImageEncoder } from '../../../../src/inference/encoder/image-encoder.ts';
import { loadModel } from '../../../../src/inference/index.ts';
import { TINY, writeTinyModel } from '../support/tiny-model.ts';
import type { Feed, GraphInput, Session } from '../../../../src/inference/encoder/session.ts';

const model = await loadModel(
  await writeTinyModel({
    preprocessor: { size: TINY.side, image_mean: [0.5, 0, 1], image_std: [0.5, 1, 0.25] },
  }),
);
const { side, dimension } = TINY;

/** A graph with those inputs that remembers what it was fed. */
function record(inputs: GraphInput[]) {
  const fed: Record<string, Feed>[] = [];
  const session: Session = {
    inputs,
    async run(feeds) {
      fed.push(feeds);
      const count = Object.values(feeds)[0]!.dims[0]!;
      return { data: new Float32Array(count * dimension).fill(1), dims: [count, dimension] };
    },
  };
  return { fed, session };
}

/** Red 255, green 51, blue 0 everywhere. */
const pixels = Uint8Array.from({ length: 2 * side * side * 3 }, (_, i) => [255, 51, 0][i % 3]!);

describe('createImageEncoder', () => {
  it('gives a graph that takes bytes the bytes', async () => {
    const { fed, session } = record([{ name: 'pixels', type: 'uint8', shape: ['batch', side, side, 3] }]);
    await createImageEncoder(session, model).encode(pixels, 2);
    expect(fed).toEqual([{ pixels: { type: 'uint8', data: pixels, dims: [2, side, side, 3] } }]);
  });

  it('gives a graph that takes floats normalised planes', async () => {
    const { fed, session } = record([
      { name: 'pixel_values', type: 'float32', shape: ['batch', 3, side, side] },
    ]);
    await createImageEncoder(session, model).encode(pixels, 2);
    const { type, data, dims } = fed[0]!['pixel_values']!;
    expect({ type, dims }).toEqual({ type: 'float32', dims: [2, 3, side, side] });
    const area = side * side;
    const ofEach = [0, 1, 2, 3, 4, 5].map((plane) => data[plane * area]!);
    for (const [i, value] of [1, 0.2, -4, 1, 0.2, -4].entries()) expect(ofEach[i]).toBeCloseTo(value, 6);
  });

  it.each([
    [
      'two inputs',
      [
        { name: 'a', type: 'uint8', shape: [1, 8, 8, 3] },
        { name: 'b', type: 'int64', shape: [1] },
      ],
    ],
    ['no input', []],
    ['texts', [{ name: 'input_ids', type: 'int64', shape: ['batch', 'length'] }]],
  ])('refuses a graph with %s', (_, inputs) => {
    expect(() => createImageEncoder(record(inputs).session, model)).toThrow(/takes one float32 .* or uint8/);
  });
});
