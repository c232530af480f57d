import { vector } from './builder.ts';
import { clipLayers } from './clip-layers.ts';
import { attend, layerNorm, linears, mlp, outputUnitVectors, preciseLinear } from './layers.ts';
import { embedPatches } from './patches.ts';
import { checkLayers } from './tower.ts';
import type { Value } from '../onnx/graph.ts';
import type { Builder } from './builder.ts';
import type { PatchOptions } from './patches.ts';
import type { Tower } from './tower.ts';
import type { TowerConfig } from './tower-config.ts';

/** SigLIP's vision transformer: no class token, and a learnt query that gathers all tokens. Source: Zhai et al. 2023. */
export function buildSiglipVision(
  builder: Builder,
  config: TowerConfig,
  preprocessing: PatchOptions['preprocessing'],
): Tower {
  const { graph, weights } = builder;
  const root = 'vision_model.';
  const patches = `${root}embeddings.patch_embedding`;
  const weight = weights.get(`${patches}.weight`, undefined, 3, undefined, undefined);
  const width = weight.shape[0]!;
  const prefix = `${root}encoder.layers.`;
  const { layers, heads } = checkLayers(weights, prefix, width, config);
  const { activation, eps } = config;
  const embedded = embedPatches(builder, {
    weight,
    bias: weights.get(`${patches}.bias`, width),
    positions: weights.get(`${root}embeddings.position_embedding.weight`, undefined, width),
    preprocessing,
  });
  const x = clipLayers(builder, embedded, { prefix, layers, width, heads, activation, eps });
  const after = layerNorm(builder, x, { name: `${root}post_layernorm`, width, eps });
  const gathered = gatherTokens(builder, after, { name: `${root}head`, width, heads, activation, eps });
  outputUnitVectors(builder, gathered, 'image_embeds', width);
  return {
    graph,
    dimension: width,
    contextLength: undefined,
    input: { kind: 'pixels', ...preprocessing.crop },
    shape: { tower: 'siglip-vision', heads, activation, eps },
  };
}

interface HeadOptions {
  name: string;
  width: number;
  heads: number;
  activation: TowerConfig['activation'];
  eps: number;
}

/** Attention with one learnt query over all tokens, then an mlp: [batch, tokens, width] -> [batch, width]. */
function gatherTokens(builder: Builder, x: Value, { name, width, heads, activation, eps }: HeadOptions): Value {
  const { graph, weights } = builder;
  const attention = `${name}.attention`;
  const probe = vector(builder, `${name}.probe`, weights.get(`${name}.probe`, 1, 1, width));
  const size = { from: width, to: width };
  const q = preciseLinear(builder, probe, { name: `${attention}.q_proj`, ...size });
  const [k, v] = linears(builder, x, [
    { name: `${attention}.k_proj`, ...size },
    { name: `${attention}.v_proj`, ...size },
  ]) as [Value, Value];
  const mixed = attend(builder, { q, k, v, heads, width });
  const gathered = preciseLinear(builder, mixed, { name: `${attention}.out_proj`, ...size });
  const norm = layerNorm(builder, gathered, { name: `${name}.layernorm`, width, eps });
  const names: [string, string] = [`${name}.mlp.fc1`, `${name}.mlp.fc2`];
  const sum = graph.add('Add', [gathered, mlp(builder, norm, { names, width, activation })]);
  return graph.add('Squeeze', [sum, graph.integers(1)]);
}
