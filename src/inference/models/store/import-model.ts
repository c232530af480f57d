import { cp, mkdir, readdir, rm } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { AppError } from '../../../errors.ts';
import { loadModel } from '../model.ts';
import { pinModel, replaceModel, type AddedModel } from './add-model.ts';
import { explainFullDisk } from './check-room.ts';
import { lockDirectory } from './process-lock.ts';

/**
 * Copies a directory that is a model already, with its taxolens.json, into the directory of models. Throws as
 * `loadModel`, and INVALID_INPUT where another model has its id.
 */
export async function importModel(source: string, modelsDir: string): Promise<AddedModel> {
  const { id, revision } = await loadModel(source);
  await using lock = await lockDirectory(modelsDir);
  const directory = join(modelsDir, id);
  if (existsSync(directory)) {
    const model = await loadModel(directory);
    if (model.revision === revision) return { model, wasThere: true };
    const message = `There is another model '${id}' in ${modelsDir}. Give this one an id of its own in taxolens.json, or remove the other.`;
    throw new AppError('INVALID_INPUT', { message });
  }
  const staging = join(modelsDir, `.adding-${id}`);
  try {
    await copyModel(resolve(source), staging);
    await lock.check();
    await replaceModel(directory, staging);
    await pinModel(modelsDir, id);
  } catch (error) {
    throw explainFullDisk(error, modelsDir);
  } finally {
    await rm(staging, { recursive: true, force: true });
  }
  return { model: await loadModel(directory), wasThere: false };
}

/** What a model is made of, and its card; links are followed, as the hub's cache is made of them. */
async function copyModel(source: string, staging: string): Promise<void> {
  await rm(staging, { recursive: true, force: true });
  await mkdir(staging, { recursive: true });
  const names = (await readdir(source)).filter((name) => name === 'onnx' || /\.(json|md|txt)$/.test(name));
  for (const name of names) {
    await cp(join(source, name), join(staging, name), { recursive: true, dereference: true });
  }
}
