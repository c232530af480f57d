import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { makeBertTokenizer } from '../../src/inference/models/store/bert-tokenizer.ts';

/** Vocabularies and ids, with a note on where they come from. */
export const TOKENIZER_FIXTURES = resolve(import.meta.dirname, '../fixtures/tokenizers');

export type TokenizerFamily = 'clip' | 'bert' | 'siglip' | 'xlm_roberta' | 'siglip2';

const read = (file: string) => readFile(join(TOKENIZER_FIXTURES, file));
const readJson = async <T>(file: string) => JSON.parse(await read(file).then(String)) as T;
const readLines = async (file: string) =>
  gunzipSync(await read(file))
    .toString()
    .split('\n');

/** Writes the tokenizer of a family as its repositories on the hub have it, and returns its directory. */
export async function writeTokenizer(family: TokenizerFamily, inside: string): Promise<string> {
  const directory = join(inside, family);
  const { tokenizer, config } = await TOKENIZERS[family]();
  await mkdir(directory);
  await writeFile(join(directory, 'tokenizer.json'), JSON.stringify(tokenizer));
  await writeFile(join(directory, 'tokenizer_config.json'), JSON.stringify(config));
  return directory;
}

const TOKENIZERS = {
  clip: async () => ({
    tokenizer: makeClipTokenizer(await readLines('clip-merges.txt.gz')),
    config: { tokenizer_class: 'CLIPTokenizer', pad_token: '<|endoftext|>' },
  }),
  bert: async () => ({
    tokenizer: makeBertTokenizer((await readLines('bert-vocab.txt.gz')).join('\n'), { lowercase: true }),
    config: { tokenizer_class: 'BertTokenizer', pad_token: '[PAD]' },
  }),
  siglip: async () => ({
    tokenizer: unigramTokenizer(await readJson<Piece[]>('unigram.json'), ['A', '</s>']),
    config: { tokenizer_class: 'SiglipTokenizer', pad_token: '</s>' },
  }),
  xlm_roberta: async () => ({
    tokenizer: unigramTokenizer(toXlmRoberta(await readJson<Piece[]>('unigram.json')), ['<s>', 'A', '</s>']),
    config: { tokenizer_class: 'XLMRobertaTokenizer', pad_token: '<pad>' },
  }),
  siglip2: async () => ({
    tokenizer: gemmaTokenizer(await readJson<GemmaVocabulary>('bpe.json')),
    config: { tokenizer_class: 'GemmaTokenizer', pad_token: '<pad>' },
  }),
};

/** A piece and its score. */
type Piece = [string, number];

const special = (id: number, content: string) => ({
  id,
  content,
  single_word: false,
  lstrip: false,
  rstrip: false,
  normalized: false,
  special: true,
});

/** `A` is the text; the others are special tokens around it. */
function template(parts: string[], idOf: (token: string) => number) {
  const tokens = parts.filter((part) => part !== 'A');
  return {
    type: 'TemplateProcessing',
    single: parts.map((id) =>
      id === 'A' ? { Sequence: { id, type_id: 0 } } : { SpecialToken: { id, type_id: 0 } },
    ),
    pair: [{ Sequence: { id: 'A', type_id: 0 } }, { Sequence: { id: 'B', type_id: 0 } }],
    special_tokens: Object.fromEntries(tokens.map((id) => [id, { id, ids: [idOf(id)], tokens: [id] }])),
  };
}

/** `merges`: those that CLIP uses. Source: openai/CLIP, simple_tokenizer.py; transformers, CLIPConverter. */
export function makeClipTokenizer(merges: readonly string[]) {
  const vocab = clipVocabulary(merges);
  const [start, end] = ['<|startoftext|>', '<|endoftext|>'] as const;
  const pattern = String.raw`'s|'t|'re|'ve|'m|'ll|'d|[\p{L}]+|[\p{N}]|[^\s\p{L}\p{N}]+`;
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [special(vocab[start]!, start), special(vocab[end]!, end)],
    normalizer: {
      type: 'Sequence',
      normalizers: [
        { type: 'NFC' },
        { type: 'Replace', pattern: { Regex: String.raw`\s+` }, content: ' ' },
        { type: 'Lowercase' },
      ],
    },
    pre_tokenizer: {
      type: 'Sequence',
      pretokenizers: [
        { type: 'Split', pattern: { Regex: pattern }, behavior: 'Removed', invert: true },
        { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
      ],
    },
    post_processor: {
      type: 'RobertaProcessing',
      sep: [end, vocab[end]],
      cls: [start, vocab[start]],
      trim_offsets: false,
      add_prefix_space: false,
    },
    decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: end,
      continuing_subword_prefix: '',
      end_of_word_suffix: '</w>',
      fuse_unk: false,
      byte_fallback: false,
      vocab,
      merges,
    },
  };
}

/** In the order of OpenAI's code: bytes as printable characters, the same at a word's end, merges, special tokens. */
function clipVocabulary(merges: readonly string[]): Record<string, number> {
  const range = (first: number, last: number) =>
    Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const printable = [...range(33, 126), ...range(161, 172), ...range(174, 255)];
  const codes = [...printable, ...range(256, 511 - printable.length)];
  const characters = codes.map((code) => String.fromCodePoint(code));
  const tokens = [
    ...characters,
    ...characters.map((character) => `${character}</w>`),
    ...merges.map((merge) => merge.replace(' ', '')),
    '<|startoftext|>',
    '<|endoftext|>',
  ];
  return Object.fromEntries(tokens.map((token, id) => [token, id]));
}

/** As transformers converts a SentencePiece file, SpmConverter. */
function unigramTokenizer(vocab: readonly Piece[], parts: string[]) {
  const idOf = (token: string) => vocab.findIndex(([piece]) => piece === token);
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: ['<s>', '<pad>', '</s>', '<unk>']
      .filter((token) => idOf(token) >= 0)
      .map((token) => special(idOf(token), token)),
    normalizer: {
      type: 'Sequence',
      normalizers: [
        { type: 'Precompiled', precompiled_charsmap: '' },
        { type: 'Strip', strip_left: false, strip_right: true },
        { type: 'Replace', pattern: { Regex: ' {2,}' }, content: '▁' },
      ],
    },
    pre_tokenizer: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true },
    post_processor: template(parts, idOf),
    decoder: { type: 'Metaspace', replacement: '▁', prepend_scheme: 'always', split: true },
    model: { type: 'Unigram', unk_id: idOf('<unk>'), vocab, byte_fallback: false },
  };
}

/** fairseq's order of special tokens, before the pieces. */
function toXlmRoberta(pieces: readonly Piece[]): Piece[] {
  return [['<s>', 0], ['<pad>', 0], ['</s>', 0], ['<unk>', 0], ...pieces.slice(3)];
}

interface GemmaVocabulary {
  pieces: string[];
  merges: [string, string][];
}

/** As transformers converts Gemma's file, GemmaConverter. */
function gemmaTokenizer({ pieces, merges }: GemmaVocabulary) {
  const idOf = (token: string) => pieces.indexOf(token);
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: ['<pad>', '</s>', '<unk>'].map((token) => special(idOf(token), token)),
    normalizer: { type: 'Replace', pattern: { String: ' ' }, content: '▁' },
    pre_tokenizer: { type: 'Split', pattern: { String: ' ' }, behavior: 'MergedWithPrevious', invert: false },
    post_processor: template(['A', '</s>'], idOf),
    decoder: { type: 'Sequence', decoders: [{ type: 'ByteFallback' }, { type: 'Fuse' }] },
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: '<unk>',
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: true,
      byte_fallback: true,
      vocab: Object.fromEntries(pieces.map((piece, id) => [piece, id])),
      merges,
    },
  };
}
