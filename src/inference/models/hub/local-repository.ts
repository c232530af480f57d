import { existsSync } from 'node:fs';
import { open, readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { hashFile } from './hash-file.ts';
import type { Repository, RepositoryFile } from './repository.ts';

/** A directory that holds the files of one repository. */
export function openLocalRepository(name: string, directory: string, commit?: string): Repository {
  return {
    name,
    async find(paths) {
      const path = paths.find((one) => existsSync(join(directory, one)));
      return path === undefined ? undefined : describeFile(directory, path, commit);
    },
  };
}

async function describeFile(directory: string, path: string, commit: string | undefined): Promise<RepositoryFile> {
  const file = join(directory, path);
  const { size } = await stat(file);
  return {
    path,
    bytes: size,
    commit,
    statedSha256: undefined,
    missingBytes: async () => 0,
    copiedBytes: size,
    async read(start, length) {
      await using handle = await open(file);
      const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, start);
      return buffer.subarray(0, bytesRead);
    },
    async fetch() {
      return { path: file, sha256: await hashFile(file) };
    },
  };
}

interface WantedRepository {
  repo: string;
  /** How its manifest names it. */
  name: string;
  /** A branch, tag or commit; a plain copy is taken for it. */
  revision: string;
}

/**
 * Finds a repository below a directory of copies: as `owner/name`, as `name`, in the layout of the hub's own cache
 * (`models--owner--name/snapshots/<commit>`, also below `hub/`), or, where it is the only one, the directory itself.
 * Undefined where none of these is there.
 */
export async function findLocalRepository(
  { repo, name, revision }: WantedRepository,
  { directory, isOnlyOne }: { directory: string; isOnlyOne: boolean },
): Promise<Repository | undefined> {
  const cached = `models--${repo.replace('/', '--')}`;
  for (const cache of [join(directory, cached), join(directory, 'hub', cached)]) {
    const commit = await findCommit(cache, revision);
    if (commit !== undefined) return openLocalRepository(name, join(cache, 'snapshots', commit), commit);
  }
  const plain = [join(directory, repo), join(directory, repo.split('/')[1]!)].find((path) => existsSync(path));
  if (plain !== undefined) return openLocalRepository(name, plain);
  return isOnlyOne && existsSync(directory) ? openLocalRepository(name, directory) : undefined;
}

/** The commit itself, what that branch or tag is there, or the only one that is there. */
async function findCommit(cache: string, revision: string): Promise<string | undefined> {
  const snapshots = await readdir(join(cache, 'snapshots')).catch((): string[] => []);
  const named = await readFile(join(cache, 'refs', revision), 'utf8').catch(() => '');
  return [revision, named.trim()].find((one) => snapshots.includes(one)) ?? (snapshots.length === 1 ? snapshots[0] : undefined);
}
