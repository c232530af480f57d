import { refusal } from '../checkpoint/refuse.ts';
import { asBytes } from './builder.ts';
import type { Preprocessing } from '../../preprocessing.ts';
import type { Tensor } from '../checkpoint/tensor.ts';
import type { Value } from '../onnx/graph.ts';
import type { Builder } from './builder.ts';

export interface PatchOptions {
  /** [width, 3, patch, patch]: a convolution whose stride is its size. */
  weight: Tensor;
  bias?: Tensor | undefined;
  /** [tokens, width] */
  positions: Tensor;
  /** [width], stands before the patches and takes the first position. */
  classToken?: Tensor | undefined;
  preprocessing: Pick<Preprocessing, 'mean' | 'std' | 'crop'>;
}

/**
 * uint8 pixels [batch, height, width, 3] -> one token for each patch, with its position: [batch, tokens, width].
 * The normalisation of the pixels is part of the weights: w (x / 255 - mean) / std = w' x + b'.
 */
export function embedPatches(builder: Builder, options: PatchOptions): Value {
  const { graph, weights } = builder;
  const { weight, positions, classToken, preprocessing } = options;
  const [width, , patch] = weight.shape as [number, number, number];
  const { crop } = preprocessing;
  const [rows, columns] = [Math.floor(crop.height / patch), Math.floor(crop.width / patch)];
  const tokens = rows * columns + (classToken ? 1 : 0);
  if (positions.shape[0] !== tokens) {
    const reason = `it has positions for ${positions.shape[0]} tokens, and pixels of ${crop.width} x ${crop.height} make ${tokens}`;
    throw refusal(weights.file, reason, 'Take preprocessor_config.json from the same model.');
  }
  let pixels = graph.input('pixels', 'uint8', ['batch', crop.height, crop.width, 3]);
  if (rows * patch !== crop.height || columns * patch !== crop.width) {
    // A convolution leaves out what does not fill its last patch.
    const [first, end] = [graph.integers(0, 0), graph.integers(rows * patch, columns * patch)];
    pixels = graph.add('Slice', [pixels, first, end, graph.integers(1, 2)]);
  }
  const grid = graph.add('Reshape', [pixels, graph.integers(-1, rows, patch, columns, patch * 3)]);
  const sorted = graph.add('Transpose', [grid], { perm: [0, 1, 3, 2, 4] });
  const flat = graph.add('Reshape', [sorted, graph.integers(-1, rows * columns, patch * patch * 3)]);
  const numbers = graph.add('Cast', [flat], { to: 1 });
  const kernel = graph.weight('patches.weight', 'float32', [patch * patch * 3, width], async () =>
    asBytes(foldKernel(await weight.read(), weight.shape, preprocessing)),
  );
  let embedded = graph.add('MatMul', [numbers, kernel]);
  if (classToken) embedded = graph.add('Pad', [embedded, graph.integers(0, 1, 0, 0, 0, 0)]);
  const table = graph.weight('patches.positions', 'float32', [1, tokens, width], async () =>
    asBytes(await makePositions(options)),
  );
  return graph.add('Add', [embedded, table]);
}

type Normalisation = Pick<Preprocessing, 'mean' | 'std'>;

/** [width, 3, patch, patch] -> [patch * patch * 3, width], for bytes. */
function foldKernel(
  source: Float32Array,
  [width, , patch]: readonly number[],
  { std }: Normalisation,
): Float32Array {
  const area = patch! * patch!;
  const target = new Float32Array(source.length);
  for (let unit = 0; unit < width!; unit++) {
    for (let channel = 0; channel < 3; channel++) {
      const from = (unit * 3 + channel) * area;
      for (let place = 0; place < area; place++)
        target[(place * 3 + channel) * width! + unit] = source[from + place]! / (255 * std[channel]!);
    }
  }
  return target;
}

/** What is added to each token: its position, and to those of patches what normalisation leaves: [tokens, width]. */
async function makePositions({ weight, bias, positions, classToken, preprocessing }: PatchOptions) {
  const width = weight.shape[0]!;
  const shift = meanShift(await weight.read(), width, preprocessing);
  const added = await bias?.read();
  const first = await classToken?.read();
  return (await positions.read()).map((position, i) => {
    const unit = i % width;
    return first && i < width ? position + first[unit]! : position + shift[unit]! + (added?.[unit] ?? 0);
  });
}

/** -Σ w mean / std of each unit, in double precision: thousands of terms that nearly cancel. */
function meanShift(source: Float32Array, width: number, { mean, std }: Normalisation): Float64Array {
  const area = source.length / width / 3;
  return Float64Array.from({ length: width }, (_, unit) => {
    let sum = 0;
    for (let channel = 0; channel < 3; channel++) {
      const from = (unit * 3 + channel) * area;
      let ofChannel = 0;
      for (let place = 0; place < area; place++) ofChannel += source[from + place]!;
      sum -= (ofChannel * mean[channel]!) / std[channel]!;
    }
    return sum;
  });
}
