import { activate, outputUnitVectors, preciseLinear } from './layers.ts';
import { firstToken } from './tokens.ts';
import type { Value } from '../onnx/graph.ts';
import type { Builder } from './builder.ts';

export interface BertHeadOptions {
  /** Before the encoder's names. */
  root: string;
  width: number;
  attentionMask: Value;
}

/**
 * How BERT's last layer [batch, tokens, width] becomes the embedding. The weights tell which way:
 * `mean`: the mean of the tokens through two layers without bias (open_clip's XLM-R towers);
 * `projection`: the first token, projected (Chinese-CLIP, whose pooler is not trained; Taiyi in training);
 * `classifier`: the first token through tanh pooler and classifier (Taiyi, as published);
 * `pooler`: the pooler alone (Taiyi's BertModels).
 */
export function bertHead(builder: Builder, x: Value, { root, width, attentionMask }: BertHeadOptions) {
  const { weights } = builder;
  const sizeOf = (layer: string, from: number) => weights.get(`${layer}.weight`, undefined, from).shape[0]!;
  const give = (head: string, value: Value, dimension: number) => {
    outputUnitVectors(builder, value, 'text_embeds', dimension);
    return { head, dimension };
  };
  if (weights.has('proj.0.weight')) {
    const between = sizeOf('proj.0', width);
    const dimension = sizeOf('proj.2', between);
    const mean = meanOfTokens(builder, x, attentionMask);
    const bare = { hasBias: false };
    const hidden = preciseLinear(builder, mean, { name: 'proj.0', from: width, to: between, ...bare });
    const active = activate(builder, hidden, 'gelu');
    const projected = preciseLinear(builder, active, { name: 'proj.2', from: between, to: dimension, ...bare });
    return give('mean', projected, dimension);
  }
  const first = firstToken(builder, x);
  if (weights.has('text_projection.weight')) {
    const dimension = sizeOf('text_projection', width);
    const size = { from: width, to: dimension, hasBias: false };
    return give('projection', preciseLinear(builder, first, { name: 'text_projection', ...size }), dimension);
  }
  const dense = preciseLinear(builder, first, { name: `${root}pooler.dense`, from: width, to: width });
  const pooled = builder.graph.add('Tanh', [dense]);
  if (!weights.has('classifier.weight')) return give('pooler', pooled, width);
  const dimension = sizeOf('classifier', width);
  const size = { from: width, to: dimension };
  return give('classifier', preciseLinear(builder, pooled, { name: 'classifier', ...size }), dimension);
}

/** Padding is left out: [batch, tokens, width] -> [batch, width]. */
function meanOfTokens({ graph }: Builder, x: Value, attentionMask: Value): Value {
  const mask = graph.add('Unsqueeze', [graph.add('Cast', [attentionMask], { to: 1 }), graph.integers(2)]);
  const overTokens = graph.integers(1);
  const sum = graph.add('ReduceSum', [graph.add('Mul', [x, mask]), overTokens], { keepdims: 0 });
  return graph.add('Div', [sum, graph.add('ReduceSum', [mask, overTokens], { keepdims: 0 })]);
}
