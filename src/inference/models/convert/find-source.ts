import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../errors.ts';
import { refusal } from './checkpoint/refuse.ts';
import type { ConversionOptions } from './conversion.ts';

/** In the order in which they are taken: what loads without a pickle comes first. */
const WEIGHTS = [
  'model.safetensors',
  'model.safetensors.index.json',
  'pytorch_model.bin',
  'pytorch_model.bin.index.json',
];
const OPEN_CLIP_WEIGHTS = ['open_clip_model.safetensors', 'open_clip_pytorch_model.bin'];

/** Paths of the checkpoint's configuration and weights. Throws MODEL_NOT_AVAILABLE when a directory has none. */
export async function findSource(source: ConversionOptions['source']): Promise<{ config: string; weights: string }> {
  if (typeof source !== 'string') return source;
  const present = await readdir(source).catch(() => [] as string[]);
  const pairs = [
    ...WEIGHTS.map((weights) => ({ config: 'config.json', weights })),
    ...OPEN_CLIP_WEIGHTS.map((weights) => ({ config: 'open_clip_config.json', weights })),
  ];
  const found = pairs.find(({ config, weights }) => present.includes(config) && present.includes(weights));
  if (found) return { config: join(source, found.config), weights: join(source, found.weights) };
  const expected = `config.json with ${WEIGHTS.join(' or ')}; or open_clip_config.json with ${OPEN_CLIP_WEIGHTS.join(' or ')}`;
  throw new AppError('MODEL_NOT_AVAILABLE', {
    message: `There is no checkpoint in ${source}: it needs ${expected}.`,
  });
}

export async function readConfig(path: string): Promise<{ path: string; json: unknown }> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw refusal(path, `it cannot be read (${error.code})`);
  });
  try {
    return { path, json: JSON.parse(text) as unknown };
  } catch {
    throw refusal(path, 'it is no JSON');
  }
}
