import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../errors.ts';
import { makeBertTokenizer } from './bert-tokenizer.ts';
import type { Repository, RepositoryFile } from '../hub/repository.ts';

export interface TokenizerPlan {
  /** tokenizer.json, or the vocab.txt of a BERT. */
  file: RepositoryFile;
  config: RepositoryFile | undefined;
}

/** Looks for a tokenizer in each of these places, and for vocabularies where none has one. */
export async function planTokenizer(
  places: readonly Repository[],
  { from }: { from?: string | undefined },
): Promise<TokenizerPlan> {
  for (const path of ['tokenizer.json', 'vocab.txt']) {
    for (const place of places) {
      const file = await place.find([path]);
      if (file) return { file, config: await place.find(['tokenizer_config.json']) };
    }
  }
  const remedy = from
    ? 'Copy it there from where that is whole.'
    : 'Name the place that has it in the manifest, as text.tokenizer.';
  const names = places.map(({ name }) => name).join(', ');
  const message = `There is no tokenizer.json, and no vocab.txt of a BERT, in ${names}${from ? ` in ${from}` : ''}. ${remedy}`;
  throw new AppError('MODEL_NOT_AVAILABLE', { message });
}

/** Writes tokenizer.json and tokenizer_config.json. */
export async function writeTokenizer(
  { file, config }: TokenizerPlan,
  { target, onBytes }: { target: string; onBytes: (bytes: number) => void },
): Promise<void> {
  const settings = config ? await readConfig((await config.fetch(onBytes)).path) : {};
  const source = await readFile((await file.fetch(onBytes)).path, 'utf8');
  const isVocabulary = file.path === 'vocab.txt';
  const tokenizer = isVocabulary
    ? JSON.stringify(makeBertTokenizer(source, { lowercase: settings.do_lower_case !== false }))
    : source;
  const defaults = isVocabulary ? { tokenizer_class: 'BertTokenizer', do_lower_case: true } : {};
  await writeFile(join(target, 'tokenizer.json'), tokenizer);
  await writeFile(join(target, 'tokenizer_config.json'), JSON.stringify({ ...defaults, ...settings }, null, 2));
}

async function readConfig(path: string): Promise<Record<string, unknown>> {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (cause) {
    const message = `${path} is no JSON object. Fetch it again, or name another place in the manifest, as text.tokenizer.`;
    throw new AppError('MODEL_NOT_AVAILABLE', { message, cause });
  }
}
