import { cp, mkdir, readdir, rm, stat } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join, resolve, sep } from 'node:path';
import { AppError } from '../../../errors.ts';
import { loadModel } from '../model.ts';
import type { AddedModel } from './add-model.ts';
import { checkRoom, explainFullDisk } from './check-room.ts';
import { placeModel, stagingOf, tidyUp } from './place-model.ts';
import { lockDirectory } from './process-lock.ts';

/**
 * Copies a directory that is a model already, with its taxolens.json, into the directory of models. Throws as
 * `loadModel`, and INVALID_INPUT where another model has its id.
 */
export async function importModel(source: string, modelsDir: string): Promise<AddedModel> {
  const { id, revision } = await loadModel(source);
  await using lock = await lockDirectory(modelsDir);
  await tidyUp(modelsDir);
  const directory = join(modelsDir, id);
  if (existsSync(directory)) {
    const model = await loadModel(directory);
    if (model.revision === revision) return { model, wasThere: true };
    const message = `There is another model '${id}' in ${modelsDir}. Give this one an id of its own in taxolens.json, or remove the other.`;
    throw new AppError('INVALID_INPUT', { message });
  }
  const staging = stagingOf(modelsDir, id);
  try {
    await copyModel(resolve(source), staging);
    await lock.check();
    await placeModel(staging, { modelsDir, id });
  } catch (error) {
    throw explainFullDisk(error, modelsDir);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  return { model: await loadModel(directory), wasThere: false };
}

/** Settings, graphs, the card, and pictures of reference.json; not checkpoints, which a graph was made of. */
const COPIED = /^onnx$|\.(json|md|txt|jpe?g|png|webp|gif|avif)$/;

/** Links are followed, as the hub's cache is made of them. */
async function copyModel(source: string, staging: string): Promise<void> {
  await mkdir(staging, { recursive: true });
  const names = (await readdir(source)).filter((name) => COPIED.test(name));
  await checkRoom(staging, await countBytes(source, names));
  for (const name of names) {
    await cp(join(source, name), join(staging, name), { recursive: true, dereference: true });
  }
}

async function countBytes(source: string, names: readonly string[]): Promise<number> {
  const files = await readdir(source, { recursive: true });
  const copied = files.filter((file) => names.includes(file.split(sep)[0]!));
  const sizes = await Promise.all(copied.map(async (file) => (await stat(join(source, file))).size));
  return sizes.reduce((sum, size) => sum + size, 0);
}
