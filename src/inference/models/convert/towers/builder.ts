import { Graph, TYPES } from '../onnx/graph.ts';
import { refusal } from '../checkpoint/refuse.ts';
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
  /** int8 leaves queries and keys in float32. */
  preciseScores: boolean;
  /** Gain and shift of the layer norm that gave a value: they foretell which of its channels are large. */
  norms: Map<Value, { gain: Tensor; shift: Tensor }>;
}

export function createBuilder(
  weights: TowerWeights,
  stored: Pick<Builder, 'precision' | 'preciseScores'>,
): Builder {
  return { graph: new Graph(), weights, ...stored, norms: new Map() };
}

/** A tensor as it is, in float32. */
export function vector({ graph }: Builder, name: string, tensor: Tensor): Value {
  return graph.weight(name, 'float32', tensor.shape, async function* () {
    for await (const part of tensor.readParts()) yield asBytes(part);
  });
}

/** [out, in] as MatMul wants it, [in, out]: float32, or float16 that is widened when the graph is opened. */
export function matrix(builder: Builder, name: string, tensor: Tensor): Value {
  const turned = transposeOf(tensor);
  return builder.precision === 'fp16' ? widen(builder, halves(builder, name, turned)) : vector(builder, name, turned);
}

/** The rows of a table [rows, width] by their numbers. Half precision but for fp32: tables are most of a text model. */
export function lookUp(builder: Builder, name: string, table: Tensor, ids: Value): Value {
  const { graph, precision } = builder;
  if (precision === 'fp32') return graph.add('Gather', [vector(builder, name, table), ids]);
  return widen(builder, graph.add('Gather', [halves(builder, name, table), ids]));
}

function halves(builder: Builder, name: string, tensor: Tensor): Value {
  return builder.graph.weight(name, 'float16', tensor.shape, async function* () {
    for await (const part of tensor.readParts()) yield toHalves(builder, tensor.name, part);
  });
}

function widen({ graph }: Builder, x: Value): Value {
  return graph.add('Cast', [x], { to: TYPES.float32 });
}

export function asBytes({ buffer, byteOffset, byteLength }: NodeJS.TypedArray): Uint8Array {
  return new Uint8Array(buffer, byteOffset, byteLength);
}

/** Throws MODEL_NOT_AVAILABLE when a number has no half: beyond 65,504. */
function toHalves({ weights }: Builder, name: string, numbers: Float32Array): Uint8Array {
  const halves = Float16Array.from(numbers);
  const lost = halves.findIndex((half) => !Number.isFinite(half));
  if (lost < 0) return asBytes(halves);
  throw refusal(weights.file, `its tensor ${name} holds ${numbers[lost]}, which fp16 cannot`, 'Convert it in fp32.');
}
