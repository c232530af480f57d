import { lookUp, vector } from './builder.ts';
import { clipLayers } from './clip-layers.ts';
import { layerNorm, outputUnitVectors, preciseLinear } from './layers.ts';
import { checkLayers } from './tower.ts';
import type { Builder } from './builder.ts';
import type { Tower } from './tower.ts';
import type { TowerConfig } from './tower-config.ts';

/**
 * SigLIP's text transformer: every token sees all others, padding too, and the last one is read. It was trained with
 * full texts only, so that its graph takes no other length. Source: Zhai et al. 2023.
 */
export function buildSiglipText(builder: Builder, config: TowerConfig): Tower {
  const { graph, weights } = builder;
  const root = 'text_model.';
  const table = weights.get(`${root}embeddings.token_embedding.weight`, undefined, undefined);
  const [vocabulary, width] = table.shape as [number, number];
  const positions = weights.get(`${root}embeddings.position_embedding.weight`, undefined, width);
  const contextLength = positions.shape[0]!;
  const prefix = `${root}encoder.layers.`;
  const { layers, heads } = checkLayers(weights, prefix, width, config);
  const { activation, eps } = config;

  const ids = graph.input('input_ids', 'int64', ['batch', contextLength]);
  const placed = graph.add('Add', [
    lookUp(builder, `${root}token_embedding`, table, ids),
    vector(builder, `${root}position_embedding`, positions),
  ]);
  const x = clipLayers(builder, placed, { prefix, layers, width, heads, activation, eps });
  const last = graph.add('Gather', [x, graph.integers(contextLength - 1)], { axis: 1 });
  const token = graph.add('Squeeze', [last, graph.integers(1)]);
  const after = layerNorm(builder, token, { name: `${root}final_layer_norm`, width, eps });
  const dimension = weights.get(`${root}head.weight`, undefined, width).shape[0]!;
  const projected = preciseLinear(builder, after, { name: `${root}head`, from: width, to: dimension });
  outputUnitVectors(builder, projected, 'text_embeds', dimension);
  return {
    graph,
    dimension,
    contextLength,
    input: { kind: 'ids', vocabulary, length: contextLength, ends: [0, 1] },
    shape: { tower: 'siglip-text', heads, activation, eps },
  };
}
