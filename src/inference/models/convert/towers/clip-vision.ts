import { clipLayers } from './clip-layers.ts';
import { layerNorm, outputUnitVectors, preciseLinear } from './layers.ts';
import { embedPatches } from './patches.ts';
import { firstToken } from './tokens.ts';
import { checkLayers } from './tower.ts';
import type { PatchOptions } from './patches.ts';
import type { Builder } from './builder.ts';
import type { Tower } from './tower.ts';
import type { TowerConfig } from './tower-config.ts';

/** CLIP's vision transformer: the class token, normalised and projected. Source: Radford et al. 2021, section 2.4. */
export function buildClipVision(
  builder: Builder,
  config: TowerConfig,
  preprocessing: PatchOptions['preprocessing'],
): Tower {
  const { graph, weights } = builder;
  const root = 'vision_model.';
  const weight = weights.get(`${root}embeddings.patch_embedding.weight`, undefined, 3, undefined, undefined);
  const width = weight.shape[0]!;
  const prefix = `${root}encoder.layers.`;
  const { layers, heads } = checkLayers(weights, prefix, width, config);
  const { activation, eps } = config;
  const embedded = embedPatches(builder, {
    weight,
    positions: weights.get(`${root}embeddings.position_embedding.weight`, undefined, width),
    classToken: weights.get(`${root}embeddings.class_embedding`, width),
    preprocessing,
  });
  const before = layerNorm(builder, embedded, { name: `${root}pre_layrnorm`, width, eps });
  const x = clipLayers(builder, before, { prefix, layers, width, heads, activation, eps });
  const after = layerNorm(builder, firstToken(builder, x), { name: `${root}post_layernorm`, width, eps });
  const dimension = weights.get('visual_projection.weight', undefined, width).shape[0]!;
  const size = { from: width, to: dimension };
  const projected = preciseLinear(builder, after, { name: 'visual_projection', ...size, hasBias: false });
  outputUnitVectors(builder, projected, 'image_embeds', dimension);
  return {
    graph,
    dimension,
    contextLength: undefined,
    input: { kind: 'pixels', ...preprocessing.crop },
    shape: { tower: 'clip-vision', heads, activation, eps },
  };
}
