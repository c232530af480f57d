import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { FLOAT, INT64, writeOnnx } from './onnx-writer.ts';
import type { Node, Value, Weights } from './onnx-writer.ts';

export const TINY = { side: 8, dimension: 16, contextLength: 12 };
const WORDS = 'a photo of the cat dog tiger lion two three small large red green blue'.split(' ');

const written: string[] = [];
afterAll(async () => {
  for (const directory of written) await rm(directory, { recursive: true, force: true });
});

export interface TinyModelOptions {
  /** Names of the embedding outputs. */
  imageOutput?: string;
  textOutput?: string;
  /** Inputs of the text graph besides input_ids. Each that is there takes part in the result. */
  textInputs?: ('attention_mask' | 'token_type_ids' | 'position_ids')[];
  idType?: number;
  /** `true`: the text graph takes one text of exactly contextLength tokens, as some exporters write it. */
  fixedText?: boolean;
  /** Models with equal seeds have equal weights. Default: 1 and 2. */
  imageSeed?: number;
  textSeed?: number;
  settings?: Record<string, unknown>;
  config?: Record<string, unknown>;
  preprocessor?: Record<string, unknown>;
}

/**
 * Writes a model with seeded random weights in the hub's layout to a temporary directory, removed with the test file's end, and returns its path.
 * Image: one linear layer over 8 x 8 pixels. Text: the sum of its tokens' vectors, which padding changes unless a
 * mask hides it. No biases: an image of zeros has no direction, and makes its batch fail.
 */
export async function writeTinyModel(options: TinyModelOptions = {}): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'tiny-model-'));
  written.push(directory);
  await mkdir(join(directory, 'onnx'));
  const { side, dimension, contextLength } = TINY;
  const files: Record<string, unknown> = {
    'config.json': options.config ?? {
      model_type: 'clip',
      projection_dim: dimension,
      text_config: { max_position_embeddings: contextLength },
    },
    'preprocessor_config.json': options.preprocessor ?? {
      size: { shortest_edge: side },
      crop_size: { width: side, height: side },
      do_center_crop: true,
      do_normalize: false,
    },
    'taxolens.json': {
      logitScale: 20,
      activation: 'softmax',
      languages: ['en'],
      id: 'tiny',
      ...options.settings,
    },
    'tokenizer.json': tokenizer(),
    'tokenizer_config.json': { tokenizer_class: 'BertTokenizer', pad_token: '[PAD]' },
  };
  for (const [file, json] of Object.entries(files))
    await writeFile(join(directory, file), JSON.stringify(json));
  await writeFile(join(directory, 'onnx/vision_model.onnx'), visionGraph(options));
  await writeFile(join(directory, 'onnx/text_model.onnx'), textGraph(options));
  return directory;
}

function visionGraph({ imageOutput = 'image_embeds', imageSeed = 1 }: TinyModelOptions): Buffer {
  const { side, dimension } = TINY;
  return writeOnnx({
    nodes: [
      { op: 'Reshape', inputs: ['pixel_values', 'rows'], outputs: ['flat'] },
      { op: 'MatMul', inputs: ['flat', 'projection'], outputs: [imageOutput] },
    ],
    inputs: [{ name: 'pixel_values', type: FLOAT, shape: ['batch', 3, side, side] }],
    outputs: [{ name: imageOutput, type: FLOAT, shape: ['batch', dimension] }],
    weights: [
      { name: 'rows', dims: [2], data: BigInt64Array.of(0n, -1n) },
      randomWeights('projection', [3 * side * side, dimension], imageSeed),
    ],
  });
}

/** Every input but the mask looks a vector up; the vectors are added, and summed over the tokens. */
function textGraph({ textInputs = ['attention_mask'], ...options }: TinyModelOptions): Buffer {
  const { dimension, contextLength } = TINY;
  const { textOutput = 'text_embeds', idType = INT64, fixedText = false, textSeed = 2 } = options;
  const shape = fixedText ? [1, contextLength] : ['batch', 'length'];
  const names = ['input_ids', ...textInputs];
  const inputs: Value[] = names.map((name) => ({ name, type: idType, shape }));
  const weights: Weights[] = [{ name: 'overTokens', dims: [1], data: BigInt64Array.of(1n) }];
  const nodes: Node[] = [];
  let sum = '';
  for (const [i, name] of names.filter((name) => name !== 'attention_mask').entries()) {
    weights.push(randomWeights(`${name}.table`, [64, dimension], textSeed + i));
    nodes.push({ op: 'Gather', inputs: [`${name}.table`, name], outputs: [`${name}.vectors`] });
    if (sum) nodes.push({ op: 'Add', inputs: [sum, `${name}.vectors`], outputs: [`${name}.sum`] });
    sum = sum ? `${name}.sum` : `${name}.vectors`;
  }
  if (names.includes('attention_mask')) {
    weights.push({ name: 'last', dims: [1], data: BigInt64Array.of(-1n) });
    nodes.push({ op: 'Cast', inputs: ['attention_mask'], outputs: ['mask'], attributes: { to: FLOAT } });
    nodes.push({ op: 'Unsqueeze', inputs: ['mask', 'last'], outputs: ['column'] });
    nodes.push({ op: 'Mul', inputs: [sum, 'column'], outputs: ['masked'] });
    sum = 'masked';
  }
  nodes.push({
    op: 'ReduceSum',
    inputs: [sum, 'overTokens'],
    outputs: [textOutput],
    attributes: { keepdims: 0 },
  });
  const outputs = [{ name: textOutput, type: FLOAT, shape: ['batch', dimension] }];
  return writeOnnx({ nodes, inputs, outputs, weights });
}

function randomWeights(name: string, dims: number[], seed: number): Weights {
  let state = seed * 2_654_435_761;
  const next = () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 31 - 1;
  };
  return { name, dims, data: Float32Array.from({ length: dims.reduce((a, b) => a * b) }, next) };
}

const special = (id: string) => ({ SpecialToken: { id, type_id: 0 } });

function tokenizer() {
  const specials = ['[PAD]', '[UNK]', '[CLS]', '[SEP]'];
  const vocab = Object.fromEntries([...specials, ...WORDS].map((word, id) => [word, id]));
  return {
    version: '1.0',
    added_tokens: specials.map((content, id) => ({ id, content, special: true })),
    normalizer: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, lowercase: true },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: {
      type: 'TemplateProcessing',
      single: [special('[CLS]'), { Sequence: { id: 'A', type_id: 0 } }, special('[SEP]')],
      pair: [],
      special_tokens: {
        '[CLS]': { id: '[CLS]', ids: [2], tokens: ['[CLS]'] },
        '[SEP]': { id: '[SEP]', ids: [3], tokens: ['[SEP]'] },
      },
    },
    decoder: { type: 'WordPiece', prefix: '##' },
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab,
    },
  };
}
