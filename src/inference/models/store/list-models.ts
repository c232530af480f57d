import { existsSync, statSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { AppError } from '../../../errors.ts';
import { listManifests } from '../registry/registry.ts';

export interface ModelPlaces {
  /** The default model: the id of one that was added or of the shipped one, or a directory. */
  model: string;
  /** Where added models stand, each in a directory that is named after its id. */
  modelsDir: string;
  /** The one that comes with Taxolens. It is served beside any default: what was published for it goes on answering. */
  shippedModel: { id: string; directory: string };
}

/**
 * The directories of the models that are served, absolute: the default first, the added ones behind it by id, the
 * shipped one last. Throws MODEL_NOT_AVAILABLE where the default is none of them and no directory.
 */
export async function listModels(places: ModelPlaces): Promise<[string, ...string[]]> {
  const added = await listAddedModels(places.modelsDir);
  const first = findModel(places, added);
  if (first === undefined) throw notFound(places, added);
  const others = new Set([...added, places.shippedModel.directory]);
  others.delete(first);
  return [first, ...others];
}

/** The directories of the models that were added, by id. Empty where there is none yet. */
export async function listAddedModels(modelsDir: string): Promise<string[]> {
  return (await listDirectories(modelsDir)).filter(hasSettings);
}

/** Those that lost the file that says what they are, and are not served. */
export async function listBrokenModels(modelsDir: string): Promise<string[]> {
  return (await listDirectories(modelsDir)).filter((directory) => !hasSettings(directory));
}

const hasSettings = (directory: string) => existsSync(join(directory, 'taxolens.json'));

async function listDirectories(modelsDir: string): Promise<string[]> {
  const entries = await readdir(modelsDir).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return entries
    .filter((name) => !name.startsWith('.')) // what is still being added
    .map((name) => join(modelsDir, name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isDirectory())
    .toSorted();
}

/** The default by its id, an added model before the shipped one; else as a directory. */
export function findModel({ model, shippedModel }: ModelPlaces, added: readonly string[]): string | undefined {
  const byId = added.find((directory) => basename(directory) === model);
  if (byId !== undefined) return byId;
  if (model === shippedModel.id) return shippedModel.directory;
  return existsSync(model) ? resolve(model) : undefined;
}

function notFound({ model, modelsDir }: ModelPlaces, added: readonly string[]): AppError {
  const directory = join(modelsDir, model);
  if (existsSync(directory)) {
    const message =
      `The model '${model}' is broken: ${directory} has no taxolens.json. "taxolens model remove ${model}", and add it ` +
      'again as the first time; or put the file back.';
    return new AppError('MODEL_NOT_AVAILABLE', { message });
  }
  if (listManifests().some(({ id }) => id === model)) {
    const message = `The model '${model}' is in the registry, not added: "taxolens model add ${model}" adds it.`;
    return new AppError('MODEL_NOT_AVAILABLE', { message });
  }
  const ids = added.map((directory) => basename(directory)).join(', ') || 'none';
  const message =
    `There is no model '${model}': it is no directory, and of ${modelsDir} (TAXOLENS_MODELS_DIR) it is none of the ` +
    `models that were added (${ids}). "taxolens model list" names those that can be added, ` +
    `"taxolens model add <id>" adds one; without TAXOLENS_MODEL the shipped model is used.`;
  return new AppError('MODEL_NOT_AVAILABLE', { message });
}
