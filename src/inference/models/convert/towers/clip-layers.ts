import { layerNorm, mlp, selfAttention } from './layers.ts';
import type { Value } from '../onnx/graph.ts';
import type { Builder } from './builder.ts';
import type { Activation } from './tower-config.ts';

export interface ClipLayersOptions {
  /** `vision_model.encoder.layers.` */
  prefix: string;
  layers: number;
  width: number;
  heads: number;
  activation: Activation;
  eps: number;
  mask?: Value | undefined;
}

/** Layers that normalise what goes into attention and mlp, and add what comes out. CLIP and SigLIP, both towers. */
export function clipLayers(builder: Builder, input: Value, options: ClipLayersOptions): Value {
  const { prefix, layers, width, heads, activation, eps, mask } = options;
  const { graph } = builder;
  let x = input;
  for (let layer = 0; layer < layers; layer++) {
    const name = `${prefix}${layer}`;
    const attention = `${name}.self_attn`;
    const names = {
      q: `${attention}.q_proj`,
      k: `${attention}.k_proj`,
      v: `${attention}.v_proj`,
      out: `${attention}.out_proj`,
    };
    const first = layerNorm(builder, x, { name: `${name}.layer_norm1`, width, eps });
    x = graph.add('Add', [x, selfAttention(builder, first, { names, heads, width, mask })]);
    const second = layerNorm(builder, x, { name: `${name}.layer_norm2`, width, eps });
    const mlpNames: [string, string] = [`${name}.mlp.fc1`, `${name}.mlp.fc2`];
    x = graph.add('Add', [x, mlp(builder, second, { names: mlpNames, width, activation })]);
  }
  return x;
}
