import { join } from 'node:path';
import { hashFile } from '../hub/hash-file.ts';
import type { Repository, RepositoryFile } from '../hub/repository.ts';
import type { Pins } from './pins.ts';

/** The same repository, but that what an added model has already is not fetched again. */
export function reuseInstalled(
  repository: Repository,
  { modelsDir, pins }: { modelsDir: string; pins: Pins },
): Repository {
  return {
    name: repository.name,
    async find(paths) {
      const file = await repository.find(paths);
      const installed = file?.statedSha256 && (await findInstalled(file.statedSha256, modelsDir, pins));
      return file && installed ? fromInstalled(file, installed) : file;
    },
  };
}

function fromInstalled(file: RepositoryFile, { path, sha256 }: { path: string; sha256: string }): RepositoryFile {
  return { ...file, missingBytes: async () => 0, copiedBytes: 0, fetch: async () => ({ path, sha256 }) };
}

/** A file of that content that is what it was when it was added. */
async function findInstalled(sha256: string, modelsDir: string, { models }: Pins) {
  for (const [id, { files }] of Object.entries(models)) {
    for (const [name, file] of Object.entries(files)) {
      const path = join(modelsDir, id, name);
      if (file.sha256 === sha256 && (await hashFile(path).catch(() => '')) === sha256) return { path, sha256 };
    }
  }
  return undefined;
}
