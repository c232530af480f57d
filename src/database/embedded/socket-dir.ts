import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Place } from './place.ts';
import { identifyProcess, isRunning, markOwnProcess, type ProcessMark } from './process-identity.ts';
import { giveTo, type ServerUser } from './server-user.ts';

const PREFIX = 'taxolens-pg-';
/** A socket's path may have 107 bytes on Linux, 103 on macOS: `/.s.PGSQL.5432` and mkdtemp's letters go off it. */
const MAX_BASE_BYTES = 60;
/** In the directory: the process that runs its server. It may be about to start a crashed one again. */
const OWNER_FILE = 'owner.json';
/** A directory without that file may be one that is just being made. */
const MAKING_MS = 60_000;

/**
 * Makes a short directory for the socket that only the server user (and root) can enter. The same one at every start
 * where that is possible: another process that shares the server finds it again after a restart.
 */
export function makeSocketDir({ homeDir, user }: Place): string {
  const record = path.join(homeDir, 'socket-dir.txt');
  const recorded = existsSync(record) ? readFileSync(record, 'utf8') : undefined;
  const dir = recorded && isOurs(recorded, user) ? recorded : mkdtempSync(path.join(baseDir(), PREFIX));
  chmodSync(dir, 0o700);
  giveTo(user, dir);
  writeFileSync(path.join(dir, OWNER_FILE), JSON.stringify(markOwnProcess()));
  writeFileSync(record, dir);
  return dir;
}

/** Makes the directory, or finds it there: then it must not be a trap that somebody else laid in /tmp. */
function isOurs(dir: string, user: ServerUser | undefined): boolean {
  try {
    mkdirSync(dir, { mode: 0o700 });
    return true;
  } catch {
    const found = lstatSync(dir, { throwIfNoEntry: false });
    return found?.isDirectory() === true && found.uid === (user?.uid ?? process.getuid?.());
  }
}

function baseDir(): string {
  return Buffer.byteLength(tmpdir()) <= MAX_BASE_BYTES ? tmpdir() : '/tmp';
}

/** Removes the directories that killed predecessors left behind. */
export function sweepSocketDirs(): void {
  const base = baseDir();
  for (const name of readdirSync(base).filter((entry) => entry.startsWith(PREFIX))) {
    const dir = path.join(base, name);
    try {
      if (isAbandoned(dir)) rmSync(dir, { recursive: true });
    } catch {
      // Another user's, or swept by somebody else at this moment.
    }
  }
}

function isAbandoned(dir: string): boolean {
  try {
    const owner = JSON.parse(readFileSync(path.join(dir, OWNER_FILE), 'utf8')) as ProcessMark;
    return !isRunning(owner) && !hasLivingServer(dir);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    return Date.now() - statSync(dir).mtimeMs > MAKING_MS;
  }
}

/** Whether a Postgres that outlived its process still listens here. */
function hasLivingServer(dir: string): boolean {
  const lock = path.join(dir, '.s.PGSQL.5432.lock');
  return existsSync(lock) && identifyProcess(Number.parseInt(readFileSync(lock, 'utf8'), 10)) !== null;
}
