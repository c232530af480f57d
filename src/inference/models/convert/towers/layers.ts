import { matrix, vector } from './builder.ts';
import { quantisedLinears } from './quantised-linears.ts';
import type { Activation } from './tower-config.ts';
import type { Value } from '../onnx/graph.ts';
import type { Builder } from './builder.ts';

/** The layers that every tower is made of. Values are [batch, tokens, width] unless a docstring says otherwise. */

export interface NormOptions {
  name: string;
  width: number;
  eps: number;
}

export function layerNorm(builder: Builder, x: Value, { name, width, eps }: NormOptions): Value {
  const gain = builder.weights.get(`${name}.weight`, width);
  const shift = builder.weights.get(`${name}.bias`, width);
  const inputs = [x, vector(builder, `${name}.weight`, gain), vector(builder, `${name}.bias`, shift)];
  const output = builder.graph.add('LayerNormalization', inputs, { axis: -1, epsilon: { float: eps } });
  builder.norms.set(output, { gain, shift });
  return output;
}

export interface LinearOptions {
  name: string;
  from: number;
  to: number;
  /** Default: true */
  hasBias?: boolean;
}

/** Linear layers on one input: x W + b each. In int8 they share the quantised input. */
export function linears(builder: Builder, x: Value, layers: readonly LinearOptions[]): Value[] {
  if (builder.precision === 'int8') return quantisedLinears(builder, x, layers);
  return layers.map((layer) => preciseLinear(builder, x, layer));
}

export function linear(builder: Builder, x: Value, layer: LinearOptions): Value {
  return linears(builder, x, [layer])[0]!;
}

/** A linear layer that int8 leaves alone: few numbers see it, and the vector comes straight out of it. */
export function preciseLinear(builder: Builder, x: Value, layer: LinearOptions): Value {
  const { name, from, to, hasBias = true } = layer;
  const { graph, weights } = builder;
  const product = graph.add('MatMul', [x, matrix(builder, `${name}.weight`, weights.get(`${name}.weight`, to, from))]);
  if (!hasBias) return product;
  return graph.add('Add', [product, vector(builder, `${name}.bias`, weights.get(`${name}.bias`, to))]);
}

export interface Heads {
  q: Value;
  k: Value;
  v: Value;
  heads: number;
  width: number;
  /** Added to the scores [batch, heads, tokens, tokens]: 0, or so little that nothing is left. */
  mask?: Value | undefined;
}

/** softmax(q kᵀ / √headWidth + mask) v, head by head. Source: Vaswani et al. 2017, section 3.2. */
export function attend({ graph }: Builder, { q, k, v, heads, width, mask }: Heads): Value {
  const headWidth = width / heads;
  const split = (x: Value, perm: number[]) =>
    graph.add('Transpose', [graph.add('Reshape', [x, graph.integers(0, 0, heads, headWidth)])], { perm });
  const scaled = graph.add('Mul', [q, graph.scalar(headWidth ** -0.5)]);
  const scores = graph.add('MatMul', [split(scaled, [0, 2, 1, 3]), split(k, [0, 2, 3, 1])]);
  const shares = graph.add('Softmax', [mask ? graph.add('Add', [scores, mask]) : scores], { axis: -1 });
  const mixed = graph.add('MatMul', [shares, split(v, [0, 2, 1, 3])]);
  const joined = graph.add('Transpose', [mixed], { perm: [0, 2, 1, 3] });
  return graph.add('Reshape', [joined, graph.integers(0, 0, width)]);
}

export interface SelfAttentionOptions {
  /** Names of the four linear layers. */
  names: { q: string; k: string; v: string; out: string };
  heads: number;
  width: number;
  mask?: Value | undefined;
}

export function selfAttention(builder: Builder, x: Value, options: SelfAttentionOptions): Value {
  const { names, heads, width, mask } = options;
  const sized = (name: string): LinearOptions => ({ name, from: width, to: width });
  const [forQ, forK, forV] = [sized(names.q), sized(names.k), sized(names.v)];
  const [q, k, v] = builder.preciseScores
    ? [preciseLinear(builder, x, forQ), preciseLinear(builder, x, forK), linear(builder, x, forV)]
    : (linears(builder, x, [forQ, forK, forV]) as [Value, Value, Value]);
  const mixed = attend(builder, { q, k, v, heads, width, mask });
  return linear(builder, mixed, sized(names.out));
}

export interface MlpOptions {
  /** Of the two linear layers. */
  names: [string, string];
  width: number;
  activation: Activation;
}

/** Two linear layers; the checkpoint says how wide it is between them. */
export function mlp(builder: Builder, x: Value, { names, width, activation }: MlpOptions): Value {
  const [widen, narrow] = names;
  const between = builder.weights.get(`${widen}.weight`, undefined, width).shape[0]!;
  const hidden = linear(builder, x, { name: widen, from: width, to: between });
  const active = activate(builder, hidden, activation);
  return linear(builder, active, { name: narrow, from: between, to: width });
}

export function activate({ graph }: Builder, x: Value, activation: Activation): Value {
  if (activation === 'quick_gelu') {
    const gate = graph.add('Sigmoid', [graph.add('Mul', [x, graph.scalar(1.702)])]);
    return graph.add('Mul', [x, gate]);
  }
  return graph.add('Gelu', [x], { approximate: activation === 'gelu_tanh' ? 'tanh' : 'none' });
}

/** [batch, width] -> unit vectors of the same shape, given to the outside by that name. */
export function outputUnitVectors({ graph }: Builder, x: Value, name: string, dimension: number): void {
  graph.output(name, graph.add('LpNormalization', [x], { axis: -1, p: 2 }), ['batch', dimension]);
}
