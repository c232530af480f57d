import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, rename, rm, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { hashFile } from '../hub/hash-file.ts';
import { readPins, writePins, type PinnedFiles } from './pins.ts';

/** What stands in a directory of models for a while, beside the models: hidden, and told apart by how its name begins. */
const ADDING = '.adding-';
const REPLACED = '.replaced-';
const REMOVING = '.removing-';

/** A directory to fill. Its name is like no other: who lost the lock meanwhile must not fill that of whoever has it. */
export const stagingOf = (modelsDir: string, id: string) => join(modelsDir, `${ADDING}${id}.${randomUUID()}`);

export const removingOf = (modelsDir: string, id: string) => join(modelsDir, `${REMOVING}${id}`);

/** Deletes what processes that were killed left behind, and puts back what one had taken away. Needs the lock. */
export async function tidyUp(modelsDir: string): Promise<void> {
  for (const name of await readdir(modelsDir)) {
    const model = name.startsWith(REPLACED) && join(modelsDir, name.slice(REPLACED.length));
    if (model && !existsSync(model)) await rename(join(modelsDir, name), model);
    else if ([ADDING, REPLACED, REMOVING].some((start) => name.startsWith(start))) {
      await rm(join(modelsDir, name), { recursive: true, force: true });
    }
  }
}

/**
 * Keeps what the files of a model are, so that a change is seen, and moves them into their place. A directory cannot be
 * replaced by another in one step: between the two the model is absent, never half there, and put back by `tidyUp`.
 */
export async function placeModel(staging: string, { modelsDir, id }: { modelsDir: string; id: string }) {
  const pins = await readPins(modelsDir);
  pins.models[id] = { files: await hashFiles(staging) };
  // Before the move: a model that is there without its hashes could be neither verified nor removed.
  await writePins(modelsDir, pins);
  const directory = join(modelsDir, id);
  const old = join(modelsDir, `${REPLACED}${id}`);
  await rm(old, { recursive: true, force: true });
  if (existsSync(directory)) await rename(directory, old);
  try {
    await rename(staging, directory);
  } catch (error) {
    if (existsSync(old)) await rename(old, directory);
    throw error;
  }
  await rm(old, { recursive: true, force: true });
}

async function hashFiles(directory: string): Promise<PinnedFiles> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const files: PinnedFiles = {};
  for (const entry of entries.filter((one) => one.isFile())) {
    const path = join(entry.parentPath, entry.name);
    files[relative(directory, path)] = { bytes: (await stat(path)).size, sha256: await hashFile(path) };
  }
  return files;
}
