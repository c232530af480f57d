import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../../../errors.ts';
import { hashFile } from '../hub/hash-file.ts';
import { PINS_FILE, readPins } from './pins.ts';

export interface Verification {
  /** How many are what they were. */
  good: number;
  /** A sentence for each file that is not. */
  problems: string[];
}

/** Compares every file of an added model with what it was when it was added. */
export async function verifyModel(id: string, modelsDir: string): Promise<Verification> {
  const { models } = await readPins(modelsDir);
  const pinned = models[id];
  if (!pinned || !Object.hasOwn(models, id)) {
    const message = `${PINS_FILE} in ${modelsDir} has no model '${id}': only models that were added can be verified.`;
    throw new AppError('NOT_FOUND', { message });
  }
  const files = Object.entries(pinned.files);
  const problems = await Promise.all(
    files.map(async ([name, expected]) => {
      const path = join(modelsDir, id, name);
      const bytes = await stat(path).then(({ size }) => size, () => undefined);
      if (bytes === undefined) return `${name} is missing`;
      if (bytes !== expected.bytes) return `${name} has ${bytes} bytes, not ${expected.bytes}`;
      const sha256 = await hashFile(path);
      return sha256 === expected.sha256 ? undefined : `${name} has the sha256 ${sha256}, not ${expected.sha256}`;
    }),
  );
  const found = problems.filter((problem) => problem !== undefined);
  return { good: files.length - found.length, problems: found };
}
