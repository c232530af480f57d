import { lookUp, vector } from './builder.ts';
import { clipLayers } from './clip-layers.ts';
import { layerNorm, outputUnitVectors, preciseLinear } from './layers.ts';
import { countTokens, firstRows, hideLater, tokenAt } from './tokens.ts';
import { checkLayers } from './tower.ts';
import type { Value } from '../onnx/graph.ts';
import type { Builder } from './builder.ts';
import type { Tower } from './tower.ts';
import type { TowerConfig } from './tower-config.ts';

/** CLIP's causal text transformer, read at the end token. Source: Radford et al. 2021, section 2.4. */
export function buildClipText(builder: Builder, config: TowerConfig): Tower {
  const { graph, weights } = builder;
  const root = 'text_model.';
  const table = weights.get(`${root}embeddings.token_embedding.weight`, undefined, undefined);
  const [vocabulary, width] = table.shape as [number, number];
  const positions = weights.get(`${root}embeddings.position_embedding.weight`, undefined, width);
  const contextLength = positions.shape[0]!;
  const prefix = `${root}encoder.layers.`;
  const { layers, heads } = checkLayers(weights, prefix, width, config);
  const { activation, eps, endToken } = config;

  const ids = graph.input('input_ids', 'int64', ['batch', 'sequence']);
  const count = countTokens(builder, ids);
  const placed = graph.add('Add', [
    lookUp(builder, `${root}token_embedding`, table, ids),
    firstRows(builder, vector(builder, `${root}position_embedding`, positions), count),
  ]);
  const mask = hideLater(builder, contextLength, count);
  const x = clipLayers(builder, placed, { prefix, layers, width, heads, activation, eps, mask });
  const token = tokenAt(builder, x, findEnd(builder, ids, endToken));
  const after = layerNorm(builder, token, { name: `${root}final_layer_norm`, width, eps });
  const dimension = weights.get('text_projection.weight', undefined, width).shape[0]!;
  const size = { from: width, to: dimension };
  const projected = preciseLinear(builder, after, { name: 'text_projection', ...size, hasBias: false });
  outputUnitVectors(builder, projected, 'text_embeds', dimension);
  return {
    graph,
    dimension,
    contextLength,
    input: {
      kind: 'ids',
      vocabulary,
      length: { most: contextLength },
      ends: [vocabulary - 2, endToken ?? vocabulary - 1],
    },
    shape: { tower: 'clip-text', heads, activation, eps, endToken },
  };
}

/** The first of equal numbers counts: what follows the end token is padding, and may be that token again. */
function findEnd({ graph }: Builder, ids: Value, endToken: number | undefined): Value {
  if (endToken === undefined) return graph.add('ArgMax', [ids], { axis: 1, keepdims: 0 });
  const isEnd = graph.add('Cast', [graph.add('Equal', [ids, graph.integers(endToken)])], { to: 7 });
  return graph.add('ArgMax', [isEnd], { axis: 1, keepdims: 0 });
}
