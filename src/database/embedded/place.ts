import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { access, constants, mkdir, realpath, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { copyBinaries, findBinaries, hydrateSymlinks } from './binaries.ts';
import { makeDirectories } from './make-directories.ts';
import { canReach, chooseServerUser, type ServerUser } from './server-user.ts';
import { DatabaseSetupError } from '../setup-error.ts';

/** Where one embedded Postgres lives. */
export interface Place {
  /** Directory of everything that is ours: credentials, log, claim, cluster. */
  homeDir: string;
  /** PGDATA. */
  clusterDir: string;
  binDir: string;
  user: ServerUser | undefined;
}

/** A base that every user may pass through, for when the data directory is closed to the server user. */
const OPEN_BASE = '/var/lib/taxolens';

/**
 * Decides where the cluster lies and which copy of the binaries runs it. Normally `<dataDir>/postgres` and
 * node_modules. For root under a closed directory (such as root's home) both go to /var/lib/taxolens, and a file
 * in the data directory says so, now and to every later start. Read-only node_modules: the binaries are copied.
 */
export async function choosePlace(givenDataDir: string, onProgress: (line: string) => void): Promise<Place> {
  await Promise.try(makeDirectories, givenDataDir)
    .then(() => access(givenDataDir, constants.W_OK))
    .catch(refuseDataDir(givenDataDir));
  // One name for one place: a running server is known by the path in its command line.
  const dataDir = await realpath(givenDataDir);
  const pointer = path.join(dataDir, 'postgres-location.txt');
  const usualHome = path.join(dataDir, 'postgres');
  // What was decided once stays: a directory opened later must not make the data seem lost.
  let homeDir = existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : usualHome;
  await mkdir(homeDir, { recursive: true });
  const user = chooseServerUser(path.join(homeDir, 'cluster'));

  if (homeDir === usualHome && !canReach(user, homeDir, '/bin/true')) {
    homeDir = path.join(OPEN_BASE, createHash('sha256').update(dataDir).digest('hex').slice(0, 12));
    await mkdir(homeDir, { recursive: true });
    if (!canReach(user, homeDir, '/bin/true')) {
      throw new DatabaseSetupError(
        `The user that runs Postgres (uid ${user?.uid}) can enter neither ${usualHome} nor ${homeDir}.`,
      );
    }
    await writeFile(pointer, `${homeDir}\n`);
    onProgress(`Postgres cannot enter ${usualHome}: its data is kept in ${homeDir}.`);
  }
  const nativeDir = await prepareBinaries(homeDir, user, onProgress);
  return { homeDir, clusterDir: path.join(homeDir, 'cluster'), binDir: path.join(nativeDir, 'bin'), user };
}

/** Another start would end the same: a person must choose another place or mend its rights. */
function refuseDataDir(dataDir: string) {
  return (cause: NodeJS.ErrnoException): never => {
    throw new DatabaseSetupError(
      `The data directory ${dataDir} cannot be written (${cause.code}) by the user who starts Taxolens (uid ` +
        `${process.getuid?.()}). Give that user the directory, or set TAXOLENS_DATA_DIR to another one.`,
      { cause },
    );
  };
}

async function prepareBinaries(
  homeDir: string,
  user: ServerUser | undefined,
  onProgress: (line: string) => void,
): Promise<string> {
  const binaries = findBinaries();
  const linked = await hydrateSymlinks(binaries.nativeDir).then(
    () => true,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'EACCES' || error.code === 'EROFS' || error.code === 'EPERM') return false;
      throw error;
    },
  );
  if (linked && canReach(user, '/', path.join(binaries.nativeDir, 'bin', 'postgres')))
    return binaries.nativeDir;

  const copy = path.join(homeDir, `native-${binaries.version}`);
  if (!existsSync(copy)) onProgress(`Copying the Postgres programs to ${copy} (60 MB)...`);
  await copyBinaries(binaries, copy);
  const program = path.join(copy, 'bin', 'postgres');
  if (!canReach(user, '/', program))
    throw new DatabaseSetupError(`The Postgres program ${program} does not run on this machine.`);
  return copy;
}
