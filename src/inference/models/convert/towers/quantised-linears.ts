import { asBytes, vector } from './builder.ts';
import type { Tensor } from '../checkpoint/tensor.ts';
import type { Value } from '../onnx/graph.ts';
import type { Builder } from './builder.ts';
import type { LinearOptions } from './layers.ts';

/**
 * Linear layers in int8. Each row of the input (a token) is quantised by a scale of its own, so that it never depends
 * on its batch; weights are quantised column by column.
 *
 * Trained networks have a few channels far larger than the rest, which would take the whole range. The gain and shift of the
 * layer norm before tell which: those channels are divided by `smoothing`, and their weights multiplied by it, which
 * changes nothing but the rounding. Source: SmoothQuant, Xiao et al. 2022, with norms in place of samples.
 */
export function quantisedLinears(builder: Builder, x: Value, layers: readonly LinearOptions[]): Value[] {
  const { graph, weights } = builder;
  const { name: firstName, from } = layers[0]!;
  const tensors = layers.map(({ name, to }) => weights.get(`${name}.weight`, to, from));
  const norm = builder.norms.get(x);
  const smoothing = norm && once(() => findSmoothing(norm, tensors));
  const smooth = smoothing
    ? graph.add('Mul', [
        x,
        graph.weight(`${firstName}.smoothing`, 'float32', [from], async () =>
          asBytes((await smoothing()).map((value) => 1 / value)),
        ),
      ])
    : x;
  const rows = quantiseRows(builder, smooth, from);
  return layers.map(({ name, to, hasBias = true }, i) => {
    const columns = quantiseColumns(builder, { name, tensor: tensors[i]!, smoothing });
    const inputs = [rows.quantised, columns.quantised, graph.scalar(1), columns.scales, graph.scalar(ZERO, 'uint8')];
    const product = graph.add('Mul', [graph.add('MatMulIntegerToFloat', inputs), rows.scales]);
    if (!hasBias) return product;
    return graph.add('Add', [product, vector(builder, `${name}.bias`, weights.get(`${name}.bias`, to))]);
  });
}

/** Activations are unsigned for the runtime's kernels: 128 stands for 0. */
const ZERO = 128;
const LARGEST = 127;
/** A row of zeros has no scale. */
const SMALLEST_SCALE = 1e-12;

/** x [..., width] -> uint8 of that shape, and scales [..., 1]. */
function quantiseRows({ graph }: Builder, x: Value, width: number) {
  const largest = graph.add('ReduceMax', [graph.add('Abs', [x]), graph.integers(-1)], { keepdims: 1 });
  const scaled = graph.add('Mul', [largest, graph.scalar(1 / LARGEST)]);
  const scales = graph.add('Max', [scaled, graph.scalar(SMALLEST_SCALE)]);
  const each = graph.add('Reshape', [scales, graph.integers(-1)]);
  const zeros = graph.add('Expand', [graph.scalar(ZERO, 'uint8'), graph.add('Shape', [each])]);
  const flat = graph.add('Reshape', [x, graph.integers(-1, width)]);
  const quantised = graph.add('QuantizeLinear', [flat, each, zeros], { axis: 0 });
  return { quantised: graph.add('Reshape', [quantised, graph.add('Shape', [x])]), scales };
}

interface ColumnOptions {
  name: string;
  /** [to, from] */
  tensor: Tensor;
  smoothing: (() => Promise<Float32Array>) | undefined;
}

/** int8 [from, to], and a scale for each of `to`. */
function quantiseColumns({ graph }: Builder, { name, tensor, smoothing }: ColumnOptions) {
  const [to, from] = tensor.shape as [number, number];
  const scales = once(async () => findScales(await tensor.read(), to, await smoothing?.()));
  return {
    scales: graph.weight(`${name}.scale`, 'float32', [to], async () => asBytes(await scales())),
    quantised: graph.weight(`${name}.weight`, 'int8', [from, to], async () => {
      const [data, factors, each] = [await tensor.read(), await smoothing?.(), await scales()];
      const quantised = new Int8Array(data.length);
      for (let row = 0; row < to; row++) {
        for (let column = 0; column < from; column++) {
          const value = data[row * from + column]! * (factors?.[column] ?? 1);
          quantised[column * to + row] = Math.round(value / each[row]!);
        }
      }
      return asBytes(quantised);
    }),
  };
}

/** The largest of each row of `data` [rows, columns], over 127. */
function findScales(data: Float32Array, rows: number, factors: Float32Array | undefined): Float32Array {
  const columns = data.length / rows;
  return Float32Array.from({ length: rows }, (_, row) => {
    let largest = 0;
    for (let column = 0; column < columns; column++)
      largest = Math.max(largest, Math.abs(data[row * columns + column]! * (factors?.[column] ?? 1)));
    return Math.max(largest / LARGEST, SMALLEST_SCALE);
  });
}

/** Of each input channel: (2 |gain| + |shift|) ^ 0.75 / (its largest weight) ^ 0.25 */
async function findSmoothing(norm: { gain: Tensor; shift: Tensor }, tensors: Tensor[]): Promise<Float32Array> {
  const [gain, shift] = [await norm.gain.read(), await norm.shift.read()];
  const largest = new Float32Array(gain.length);
  for (const tensor of tensors) {
    const data = await tensor.read();
    for (let i = 0; i < data.length; i++) {
      const column = i % gain.length;
      largest[column] = Math.max(largest[column]!, Math.abs(data[i]!));
    }
  }
  return gain.map((value, i) => {
    const factor = (2 * Math.abs(value) + Math.abs(shift[i]!)) ** 0.75 / largest[i]! ** 0.25;
    // A channel that is always 0, or that nothing reads.
    return factor > 0 && Number.isFinite(factor) ? factor : 1;
  });
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
