import { asBytes, lookUp } from './builder.ts';
import { bertHead } from './bert-heads.ts';
import { layerNorm, mlp, selfAttention } from './layers.ts';
import { countTokens, firstRows, hidePadding } from './tokens.ts';
import { checkLayers } from './tower.ts';
import type { Tensor } from '../checkpoint/tensor.ts';
import type { Value } from '../onnx/graph.ts';
import type { Builder } from './builder.ts';
import type { Tower } from './tower.ts';
import type { TowerConfig } from './tower-config.ts';

/** RoBERTa counts positions from its padding token's number on, which is 1. `ends`: a text's first and last token. */
const KINDS = {
  bert: { firstPosition: 0, ends: [101, 102] },
  roberta: { firstPosition: 2, ends: [0, 2] },
} satisfies Record<string, { firstPosition: number; ends: [number, number] }>;

/** BERT's encoder with one of the heads that make an embedding of it. Source: Devlin et al. 2018, section 3. */
export function buildBertText(builder: Builder, config: TowerConfig, kind: keyof typeof KINDS): Tower {
  const { graph, weights } = builder;
  const root = ['text_model.', 'bert.', ''].find((prefix) => weights.has(`${prefix}${WORDS}`)) ?? 'text_model.';
  const table = weights.get(`${root}${WORDS}`, undefined, undefined);
  const [vocabulary, width] = table.shape as [number, number];
  const positions = weights.get(`${root}embeddings.position_embeddings.weight`, undefined, width);
  const types = weights.get(`${root}embeddings.token_type_embeddings.weight`, undefined, width);
  const prefix = `${root}encoder.layer.`;
  const { layers, heads } = checkLayers(weights, prefix, width, config);
  const { activation, eps } = config;
  const { firstPosition, ends } = KINDS[kind];
  const mostTokens = positions.shape[0]! - firstPosition;

  const ids = graph.input('input_ids', 'int64', ['batch', 'sequence']);
  const attentionMask = graph.input('attention_mask', 'int64', ['batch', 'sequence']);
  const places = graph.weight(`${root}positions`, 'float32', [mostTokens, width], async () =>
    asBytes(await addFirstType(positions, types, firstPosition)),
  );
  const words = lookUp(builder, `${root}word_embeddings`, table, ids);
  const placed = graph.add('Add', [words, firstRows(builder, places, countTokens(builder, ids))]);
  let x = layerNorm(builder, placed, { name: `${root}embeddings.LayerNorm`, width, eps });
  const mask = hidePadding(builder, attentionMask);
  for (let layer = 0; layer < layers; layer++)
    x = bertLayer(builder, x, { name: `${prefix}${layer}`, width, heads, activation, eps, mask });
  const { dimension, head } = bertHead(builder, x, { root, width, attentionMask });
  return {
    graph,
    dimension,
    contextLength: Math.min(config.contextLength ?? mostTokens, mostTokens),
    input: { kind: 'ids', vocabulary, length: { most: mostTokens }, ends },
    shape: { tower: 'bert-text', heads, activation, eps, head, firstPosition },
  };
}

const WORDS = 'embeddings.word_embeddings.weight';

/** A text alone is all of the first type: that row is part of every position. */
async function addFirstType(positions: Tensor, types: Tensor, firstPosition: number): Promise<Float32Array> {
  const width = positions.shape[1]!;
  const [rows, type] = [await positions.read(), await types.read()];
  return rows.slice(firstPosition * width).map((value, i) => value + type[i % width]!);
}

interface BertLayerOptions {
  name: string;
  width: number;
  heads: number;
  activation: TowerConfig['activation'];
  eps: number;
  mask: Value;
}

/** Attention and mlp, each added to its input and then normalised. */
function bertLayer(builder: Builder, x: Value, options: BertLayerOptions): Value {
  const { name, width, heads, activation, eps, mask } = options;
  const { graph } = builder;
  const self = `${name}.attention.self`;
  const names = {
    q: `${self}.query`,
    k: `${self}.key`,
    v: `${self}.value`,
    out: `${name}.attention.output.dense`,
  };
  const attended = graph.add('Add', [x, selfAttention(builder, x, { names, heads, width, mask })]);
  const middle = layerNorm(builder, attended, { name: `${name}.attention.output.LayerNorm`, width, eps });
  const mlpNames: [string, string] = [`${name}.intermediate.dense`, `${name}.output.dense`];
  const widened = graph.add('Add', [middle, mlp(builder, middle, { names: mlpNames, width, activation })]);
  return layerNorm(builder, widened, { name: `${name}.output.LayerNorm`, width, eps });
}
