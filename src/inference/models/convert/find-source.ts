import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../errors.ts';
import { refusal } from './checkpoint/refuse.ts';
import type { ConversionOptions } from './conversion.ts';

/** In the order in which they are taken: what loads without a pickle comes first. */
export const WEIGHTS = [
  'model.safetensors',
  'model.safetensors.index.json',
  'open_clip_model.safetensors',
  'pytorch_model.bin',
  'pytorch_model.bin.index.json',
  'open_clip_pytorch_model.bin',
];

/** What describes such weights: the first of these that is beside them. */
export function configsOf(weights: string): string[] {
  const configs = ['config.json', 'open_clip_config.json'];
  return weights.startsWith('open_clip') ? configs.toReversed() : configs;
}

/** Paths of the checkpoint's configuration and weights. Throws MODEL_NOT_AVAILABLE when a directory has none. */
export async function findSource(source: ConversionOptions['source']): Promise<{ config: string; weights: string }> {
  if (typeof source !== 'string') return source;
  const present = await readdir(source).catch(() => [] as string[]);
  const weights = WEIGHTS.find((name) => present.includes(name));
  const config = weights && configsOf(weights).find((name) => present.includes(name));
  if (config) return { config: join(source, config), weights: join(source, weights) };
  const message = `There is no checkpoint in ${source}: it needs ${configsOf('').join(' or ')}, and ${WEIGHTS.join(' or ')}.`;
  throw new AppError('MODEL_NOT_AVAILABLE', { message });
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
