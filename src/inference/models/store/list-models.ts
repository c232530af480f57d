import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { AppError } from '../../../errors.ts';

export interface ModelPlaces {
  /** The default model: the id of one that was added, or a directory. */
  model: string;
  /** Where added models stand, each in a directory that is named after its id. */
  modelsDir: string;
}

/**
 * The directories of the models that are served, absolute, the default first, the added ones behind it by id.
 * Throws MODEL_NOT_AVAILABLE where the default is neither.
 */
export async function listModels({ model, modelsDir }: ModelPlaces): Promise<[string, ...string[]]> {
  const added = await listAddedModels(modelsDir);
  const first = findModel(model, added);
  if (first === undefined) throw notFound(model, modelsDir, added);
  return [first, ...added.filter((directory) => directory !== first)];
}

/** The directories of the models that were added, by id. Empty where there is none yet. */
export async function listAddedModels(modelsDir: string): Promise<string[]> {
  const entries = await readdir(modelsDir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return entries
    .filter((name) => !name.startsWith('.')) // what is still being added
    .map((name) => join(modelsDir, name))
    .filter((directory) => existsSync(join(directory, 'taxolens.json')))
    .toSorted();
}

/** An added model by its id; else a directory, that of the shipped model among them. */
export function findModel(model: string, added: readonly string[]): string | undefined {
  const byId = added.find((directory) => basename(directory) === model);
  if (byId !== undefined) return byId;
  return existsSync(model) ? resolve(model) : undefined;
}

function notFound(model: string, modelsDir: string, added: readonly string[]): AppError {
  const ids = added.map((directory) => basename(directory)).join(', ') || 'none';
  const message =
    `There is no model '${model}': it is no directory, and of ${modelsDir} (TAXOLENS_MODELS_DIR) it is none of the ` +
    `models that were added (${ids}). "taxolens model list" names those that can be added, ` +
    `"taxolens model add <id>" adds one; without TAXOLENS_MODEL the shipped model is used.`;
  return new AppError('MODEL_NOT_AVAILABLE', { message });
}
