import { toUnitRows } from '../vectors.ts';
import type { Model } from '../models/model.ts';
import type { Preprocessing } from '../models/preprocessing.ts';
import type { Feed, Session } from './session.ts';

export interface ImageEncoder {
  /** uint8 [count, height, width, 3] of the model's own size -> `count` unit vectors [dimension]. */
  encode(pixels: Uint8Array, count: number): Promise<Float32Array[]>;
  /** The largest batch that the graph takes, or undefined when it takes any. */
  fixedBatch: number | undefined;
}

/**
 * Takes graphs of two kinds: those that normalise bytes themselves, as our converter writes them, and those that want
 * normalised planes, as most published ones do. Throws when the graph's inputs are of neither.
 */
export function createImageEncoder(session: Session, { preprocessing, dimension }: Model): ImageEncoder {
  const { input, toFeed } = bindInput(session, preprocessing);
  const [batch] = input.shape;
  return {
    fixedBatch: typeof batch === 'number' && batch > 0 ? batch : undefined,
    async encode(pixels, count) {
      const output = await session.run({ [input.name]: toFeed(pixels, count) });
      if (output.dims.length !== 2 || output.dims[1] !== dimension) {
        throw new Error(
          `The image encoder gives [${output.dims.join(', ')}]; [${count}, ${dimension}] was expected`,
        );
      }
      return toUnitRows(output.data, count, dimension);
    },
  };
}

function bindInput({ inputs }: Session, { mean, std, crop: { width, height } }: Preprocessing) {
  const [input, ...others] = inputs;
  if (input && others.length === 0 && input.shape.length === 4) {
    if (input.type === 'uint8') {
      const toFeed = (data: Uint8Array, count: number): Feed => {
        return { type: 'uint8', data, dims: [count, height, width, 3] };
      };
      return { input, toFeed };
    }
    if (input.type === 'float32') {
      const normalised = lookUpTables(mean, std);
      const toFeed = (pixels: Uint8Array, count: number): Feed => {
        const data = toPlanes(pixels, count, width * height, normalised);
        return { type: 'float32', data, dims: [count, 3, height, width] };
      };
      return { input, toFeed };
    }
  }
  const found = inputs.map(({ name, type, shape }) => `${name}: ${type}[${shape.join(', ')}]`).join('; ');
  const expected = 'one float32 [batch, 3, height, width] or uint8 [batch, height, width, 3]';
  throw new Error(`An image encoder takes ${expected}, not ${found}`);
}

/** Channel by channel, the normalised value of each of the 256 bytes: (byte / 255 - mean) / std. */
function lookUpTables(mean: number[], std: number[]): Float32Array[] {
  return mean.map((channelMean, c) =>
    Float32Array.from({ length: 256 }, (_, byte) => (byte / 255 - channelMean) / std[c]!),
  );
}

/** uint8 [count, pixels, 3] -> float32 [count, 3, pixels], normalised. */
function toPlanes(
  source: Uint8Array,
  count: number,
  pixels: number,
  normalised: Float32Array[],
): Float32Array {
  const planes = new Float32Array(count * 3 * pixels);
  for (let image = 0; image < count; image++) {
    const first = image * pixels * 3;
    for (const [channel, table] of normalised.entries()) {
      const plane = first + channel * pixels;
      for (let i = 0, from = first + channel; i < pixels; i++, from += 3)
        planes[plane + i] = table[source[from]!]!;
    }
  }
  return planes;
}
