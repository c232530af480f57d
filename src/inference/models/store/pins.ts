import { randomUUID } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppError } from '../../../errors.ts';
import type { Repository, RepositoryFile } from '../hub/repository.ts';

const fileSchema = z.strictObject({ bytes: z.number().int(), sha256: z.string().regex(/^[0-9a-f]{64}$/) });
const filesSchema = z.record(z.string(), fileSchema);

/** What was seen when files were first fetched, and what was made of them. Nothing here was not seen. */
const pinsSchema = z.strictObject({
  version: z.literal(1),
  /** By repository. They outlive the models that were made of them. */
  sources: z.record(z.string(), z.strictObject({ commit: z.string().optional(), files: filesSchema })),
  /** The files of each model's directory, by id. */
  models: z.record(z.string(), z.strictObject({ files: filesSchema })),
});

export type Pins = z.infer<typeof pinsSchema>;
export type PinnedFiles = z.infer<typeof filesSchema>;

export const PINS_FILE = 'models.lock.json';

/** Reads the lock file of a directory of models; an empty one where there is none. */
export async function readPins(modelsDir: string): Promise<Pins> {
  const path = join(modelsDir, PINS_FILE);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return { version: 1, sources: {}, models: {} };
  try {
    return pinsSchema.parse(JSON.parse(text));
  } catch (cause) {
    const reason = cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause);
    const message = `${path} cannot be used: ${reason}. Put back an earlier copy, or remove it to trust what is fetched next.`;
    throw new AppError('MODEL_NOT_AVAILABLE', { message, cause });
  }
}

/** Replaces the lock file at once. */
export async function writePins(modelsDir: string, pins: Pins): Promise<void> {
  const temporary = join(modelsDir, `.${PINS_FILE}.${randomUUID()}`);
  await writeFile(temporary, `${JSON.stringify(pins, null, 2)}\n`);
  await rename(temporary, join(modelsDir, PINS_FILE));
}

/** The same repository, whose files are refused where they are not those of the first time, and kept where they are new. */
export function pinRepository(repository: Repository, pins: Pins): Repository {
  const { name } = repository;
  return {
    name,
    async find(paths) {
      const file = await repository.find(paths);
      return file && pinFile(file, name, pins);
    },
  };
}

function pinFile(file: RepositoryFile, name: string, pins: Pins): RepositoryFile {
  const source = (pins.sources[name] ??= { commit: file.commit, files: {} });
  const pinned = source.files[file.path];
  if (pinned && file.statedSha256 !== undefined && file.statedSha256 !== pinned.sha256) {
    throw refuseChange(file.path, name, pinned.sha256, file.statedSha256);
  }
  return {
    ...file,
    async fetch(onBytes) {
      const fetched = await file.fetch(onBytes);
      if (pinned && fetched.sha256 !== pinned.sha256) {
        throw refuseChange(file.path, name, pinned.sha256, fetched.sha256);
      }
      source.commit ??= file.commit;
      source.files[file.path] = { bytes: file.bytes, sha256: fetched.sha256 };
      return fetched;
    },
  };
}

function refuseChange(path: string, name: string, expected: string, found: string): AppError {
  const message =
    `${path} of ${name} is not the file of the first time: its sha256 is ${found}, and ${PINS_FILE} has ${expected}. ` +
    `If you trust the new one, remove the entry '${name}' from "sources" there, and run it again.`;
  return new AppError('MODEL_NOT_AVAILABLE', { message, details: { repo: name, file: path } });
}
