import type { ResizePlan } from './preprocess.ts';

/** Decoded pixels, row after row: 1 channel is grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha. Alpha is ignored. */
export interface RawImage {
  data: Uint8Array;
  width: number;
  height: number;
  channels: number;
}

/** PIL's fixed point: 8 bits of pixel and 2 of headroom leave 22 for a weight in an int32. */
const PRECISION_BITS = 22;
const HALF = 1 << (PRECISION_BITS - 1);

const FILTERS = {
  bilinear: { support: 1, weight: (x: number) => Math.max(0, 1 - Math.abs(x)) },
  bicubic: { support: 2, weight: bicubic },
};

/** Keys' cubic with a = -0.5, as PIL has it (OpenCV and torch take -0.75). */
function bicubic(x: number): number {
  const a = -0.5;
  const distance = Math.abs(x);
  if (distance < 1) return ((a + 2) * distance - (a + 3)) * distance * distance + 1;
  if (distance < 2) return (((distance - 5) * distance + 8) * distance - 4) * a;
  return 0;
}

/**
 * Antialiased resize, then crop: uint8 [height, width, 3], bit for bit what PIL's `Image.resize` gives.
 * Only the pixels that the crop window needs are computed. Source: Pillow, src/libImaging/Resample.c.
 */
export function resample(image: RawImage, plan: ResizePlan, filter: keyof typeof FILTERS): Uint8Array {
  const columns = weigh(image.width, plan.resizedWidth, plan.left, plan.width, filter);
  const rows = weigh(image.height, plan.resizedHeight, plan.top, plan.height, filter);
  const firstRow = rows.starts[0]!;
  const lastRow = rows.starts[plan.height - 1]! + rows.counts[plan.height - 1]!;
  return resampleRows(resampleColumns(image, firstRow, lastRow, columns), firstRow, plan, rows);
}

/** For every output pixel of one axis: the first input pixel, how many count, and their weights. */
interface Weights {
  starts: Int32Array;
  counts: Int32Array;
  /** `size` slots for each output pixel, fixed point. */
  values: Int32Array;
  size: number;
}

/** Weights of the outputs `first` to `first + length` of an axis resized from `inputSize` to `outputSize`. */
function weigh(
  inputSize: number,
  outputSize: number,
  first: number,
  length: number,
  filter: keyof typeof FILTERS,
): Weights {
  const scale = inputSize / outputSize;
  const stretch = Math.max(scale, 1);
  const support = FILTERS[filter].support * stretch;
  const size = Math.ceil(support) * 2 + 1;
  const weights = {
    starts: new Int32Array(length),
    counts: new Int32Array(length),
    values: new Int32Array(length * size),
    size,
  };
  const exact = new Float64Array(size);
  for (let output = 0; output < length; output++) {
    const center = (first + output + 0.5) * scale;
    const start = Math.max(0, Math.trunc(center - support + 0.5));
    const count = Math.min(inputSize, Math.trunc(center + support + 0.5)) - start;
    let total = 0;
    for (let i = 0; i < count; i++) {
      // PIL multiplies by the reciprocal: a division differs in the last bit, and that can move a pixel by one.
      exact[i] = FILTERS[filter].weight((i + start - center + 0.5) * (1 / stretch));
      total += exact[i]!;
    }
    for (let i = 0; i < count; i++) {
      const fixed = (total === 0 ? exact[i]! : exact[i]! / total) * (1 << PRECISION_BITS);
      weights.values[output * size + i] = Math.trunc(fixed < 0 ? fixed - 0.5 : fixed + 0.5);
    }
    weights.starts[output] = start;
    weights.counts[output] = count;
  }
  return weights;
}

/** Horizontal pass over the input rows that the vertical one will read: [lastRow - firstRow, width, 3]. */
function resampleColumns(
  image: RawImage,
  firstRow: number,
  lastRow: number,
  columns: Weights,
): Uint8ClampedArray {
  const { data, channels } = image;
  const width = columns.starts.length;
  const output = new Uint8ClampedArray((lastRow - firstRow) * width * 3);
  const [green, blue] = channels < 3 ? [0, 0] : [1, 2];
  let target = 0;
  for (let y = firstRow; y < lastRow; y++) {
    for (let x = 0; x < width; x++) {
      let source = (y * image.width + columns.starts[x]!) * channels;
      let r = HALF;
      let g = HALF;
      let b = HALF;
      const first = x * columns.size;
      const end = first + columns.counts[x]!;
      for (let i = first; i < end; i++, source += channels) {
        const weight = columns.values[i]!;
        r += data[source]! * weight;
        g += data[source + green]! * weight;
        b += data[source + blue]! * weight;
      }
      output[target++] = r >> PRECISION_BITS;
      output[target++] = g >> PRECISION_BITS;
      output[target++] = b >> PRECISION_BITS;
    }
  }
  return output;
}

/** Vertical pass: `strip` starts at input row `firstRow` and is already as wide as the window. */
function resampleRows(
  strip: Uint8ClampedArray,
  firstRow: number,
  plan: ResizePlan,
  rows: Weights,
): Uint8Array {
  const stride = plan.width * 3;
  const output = new Uint8ClampedArray(plan.height * stride);
  for (let y = 0; y < plan.height; y++) {
    const first = y * rows.size;
    const end = first + rows.counts[y]!;
    const top = (rows.starts[y]! - firstRow) * stride;
    for (let column = 0; column < stride; column++) {
      let sum = HALF;
      for (let i = first, source = top + column; i < end; i++, source += stride) {
        sum += strip[source]! * rows.values[i]!;
      }
      output[y * stride + column] = sum >> PRECISION_BITS;
    }
  }
  return new Uint8Array(output.buffer);
}
