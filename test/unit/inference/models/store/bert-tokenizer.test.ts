import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AutoTokenizer } from '@huggingface/transformers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { makeBertTokenizer } from '../../../../../src/inference/models/store/bert-tokenizer.ts';

const VOCABULARY = ['[PAD]', '[UNK]', '[CLS]', '[SEP]', '[MASK]', '两', '只', '猫', 'cat', '##s', 'cafe', '!', '[unused1]'];

let directory: string;
let encode: (text: string) => number[];
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'taxolens-tokenizer-'));
  const tokenizer = makeBertTokenizer(`${VOCABULARY.join('\r\n')}\r\n`, { lowercase: true });
  await writeFile(join(directory, 'tokenizer.json'), JSON.stringify(tokenizer));
  await writeFile(join(directory, 'tokenizer_config.json'), '{"tokenizer_class": "BertTokenizer"}');
  const loaded = await AutoTokenizer.from_pretrained(directory, { local_files_only: true });
  encode = (text) => loaded.encode(text);
});
afterAll(() => rm(directory, { recursive: true }));

// By BERT's own rules: lower case, no accents, ideographs alone, longest pieces first, the unknown as one.
it.each([
  ['两只猫', [2, 5, 6, 7, 3]],
  ['两只 猫', [2, 5, 6, 7, 3]],
  ['Cats!', [2, 8, 9, 11, 3]],
  ['CAFÉ猫', [2, 10, 7, 3]],
  ['dog 🐱', [2, 1, 1, 3]],
  ['[MASK]', [2, 4, 3]],
  ['', [2, 3]],
])('%j becomes the ids %j', (text, ids) => {
  expect(encode(text)).toEqual(ids);
});

it('a file that is no vocabulary of BERT is refused', () => {
  expect(() => makeBertTokenizer('a\nb\n', { lowercase: true })).toThrow('lacks [PAD], [UNK]');
});
