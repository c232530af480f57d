import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { AppError } from '../../../errors.ts';
import type { ModelPlaces } from './list-models.ts';
import { removingOf, tidyUp } from './place-model.ts';
import { readPins, writePins } from './pins.ts';
import { lockDirectory } from './process-lock.ts';

/**
 * Takes an added model away. What was seen of its sources stays in the lock file: added again, it is the same.
 * Throws INVALID_INPUT where it is the default, NOT_FOUND where it was not added.
 */
export async function removeModel(
  id: string,
  { model, modelsDir }: Pick<ModelPlaces, 'model' | 'modelsDir'>,
): Promise<void> {
  await using lock = await lockDirectory(modelsDir);
  await tidyUp(modelsDir);
  const directory = join(modelsDir, id);
  const pins = await readPins(modelsDir);
  if (!Object.hasOwn(pins.models, id)) {
    const ids = Object.keys(pins.models).join(', ') || 'none';
    throw new AppError('NOT_FOUND', { message: `No model '${id}' was added to ${modelsDir}; there is ${ids}.` });
  }
  if (model === id || resolve(model) === directory) {
    const message = `'${id}' is the default model: choose another in TAXOLENS_MODEL first.`;
    throw new AppError('INVALID_INPUT', { message });
  }
  await lock.check();
  const aside = removingOf(modelsDir, id);
  // Gone at once, whatever happens while its files are deleted. Somebody may have deleted them before.
  if (existsSync(directory)) await rename(directory, aside);
  delete pins.models[id];
  await writePins(modelsDir, pins);
  await rm(aside, { recursive: true, force: true });
}
