import { Graph } from '../onnx/graph.ts';
import { transposeOf } from '../checkpoint/tensor.ts';
import type { Precision } from '../../graph-files.ts';
import type { Tensor } from '../checkpoint/tensor.ts';
import type { Value } from '../onnx/graph.ts';
import type { TowerWeights } from './tower-weights.ts';

/** What a tower is built with: the graph that grows, the weights it takes, and how they are stored. */
export interface Builder {
  graph: Graph;
  weights: TowerWeights;
  precision: Precision;
  /** Gain and shift of the layer norm that gave a value: they foretell which of its channels are large. */
  norms: Map<Value, { gain: Tensor; shift: Tensor }>;
}

export function createBuilder(weights: TowerWeights, precision: Precision): Builder {
  return { graph: new Graph(), weights, precision, norms: new Map() };
}

/** A tensor as it is, in float32: biases, gains, positions. */
export function vector({ graph }: Builder, name: string, { shape, read }: Tensor): Value {
  return graph.weight(name, 'float32', shape, async () => asBytes(await read()));
}

/** [out, in] as MatMul wants it, [in, out]: float32, or float16 that is widened when the graph is opened. */
export function matrix({ graph, precision }: Builder, name: string, tensor: Tensor): Value {
  const { shape, read } = transposeOf(tensor);
  if (precision !== 'fp16') return graph.weight(name, 'float32', shape, async () => asBytes(await read()));
  const halves = graph.weight(name, 'float16', shape, async () => toHalves(name, await read()));
  return graph.add('Cast', [halves], { to: 1 });
}

/** The rows of a table [rows, width] by their numbers. Half precision but for fp32: tables are most of a text model. */
export function lookUp({ graph, precision }: Builder, name: string, tensor: Tensor, ids: Value): Value {
  const { shape, read } = tensor;
  if (precision === 'fp32') {
    const table = graph.weight(name, 'float32', shape, async () => asBytes(await read()));
    return graph.add('Gather', [table, ids]);
  }
  const table = graph.weight(name, 'float16', shape, async () => toHalves(name, await read()));
  return graph.add('Cast', [graph.add('Gather', [table, ids])], { to: 1 });
}

export function asBytes({ buffer, byteOffset, byteLength }: NodeJS.TypedArray): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** Throws Error when a number has no half: beyond 65,504. */
function toHalves(name: string, numbers: Float32Array): Uint8Array {
  const halves = Float16Array.from(numbers);
  const lost = halves.findIndex((half) => !Number.isFinite(half));
  if (lost >= 0) throw new RangeError(`${name} holds ${numbers[lost]}, which fp16 cannot`);
  return asBytes(halves);
}
