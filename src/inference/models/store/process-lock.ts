import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { AppError } from '../../../errors.ts';

export interface ProcessLock extends AsyncDisposable {
  /** Throws MODEL_NOT_AVAILABLE where another process took it over meanwhile, as happens to who was stopped for minutes. */
  check(): Promise<void>;
}

interface LockOptions {
  /** Called once, where another process holds it. */
  onWait?: (holder: string) => void;
  /** A holder that has not touched its lock for so long is gone. Default: 60,000. */
  staleMs?: number;
}

const BEAT_MS = 5_000;
const POLL_MS = 250;

/**
 * Waits until this process alone may write to a directory. The lock is a file that its holder touches while it lives:
 * one that was killed, here or on another machine, leaves nothing that a person has to remove.
 * Throws MODEL_NOT_AVAILABLE where this process may not write there.
 */
export async function lockDirectory(directory: string, options: LockOptions = {}): Promise<ProcessLock> {
  const { onWait, staleMs = 60_000 } = options;
  const path = join(directory, '.lock');
  const mine = JSON.stringify({ host: hostname(), pid: process.pid, nonce: randomUUID() });
  await mkdir(directory, { recursive: true }).catch((cause: unknown) => refuse(directory, cause));
  let waited = false;
  while (!(await create(path, mine).catch((cause: unknown) => refuse(directory, cause)))) {
    const holder = await readFile(path, 'utf8').catch((cause: NodeJS.ErrnoException) => {
      if (cause.code !== 'ENOENT') refuse(directory, cause);
    });
    if (holder === undefined) continue; // it has just been given back
    if (await isGone(path, holder, staleMs)) await takeAway(path, holder);
    else {
      const isWritten = holder !== ''; // a moment after it was made it says nothing yet
      if (isWritten && !waited) onWait?.(describe(holder));
      waited ||= isWritten;
      await wait(POLL_MS);
    }
  }
  const now = () => new Date();
  const beat = setInterval(() => void utimes(path, now(), now()).catch(() => {}), BEAT_MS).unref();
  const isHeld = async () => (await readFile(path, 'utf8').catch(() => '')) === mine;
  return {
    async check() {
      if (await isHeld()) return;
      const message = `Another process took ${directory} over while this one was stopped. Run it again.`;
      throw new AppError('MODEL_NOT_AVAILABLE', { message });
    },
    async [Symbol.asyncDispose]() {
      clearInterval(beat);
      if (await isHeld()) await rm(path, { force: true });
    },
  };
}

function refuse(directory: string, cause: unknown): never {
  const { code } = cause as NodeJS.ErrnoException;
  const message =
    `Models cannot be added to or removed from ${directory} by this process (${code}). Let it write there, or set ` +
    'TAXOLENS_MODELS_DIR to a directory that it owns.';
  throw new AppError('MODEL_NOT_AVAILABLE', { message, cause });
}

async function create(path: string, content: string): Promise<boolean> {
  try {
    await using file = await open(path, 'wx');
    await file.writeFile(content);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** A holder of this machine is looked up; any other is judged by how long it has been silent. */
async function isGone(path: string, holder: string, staleMs: number): Promise<boolean> {
  const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
  if (Date.now() - mtimeMs > staleMs) return true;
  const { host, pid } = parse(holder);
  return host === hostname() && pid !== undefined && !isRunning(pid);
}

/** Moves it aside first: of two that find it stale one succeeds, and a lock that is new by then is put back. */
async function takeAway(path: string, holder: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  if (!(await rename(path, aside).then(() => true, () => false))) return;
  const taken = await readFile(aside, 'utf8');
  await rm(aside);
  if (taken !== holder) await writeFile(path, taken, { flag: 'wx' }).catch(() => {});
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

function parse(holder: string): { host?: string; pid?: number } {
  try {
    return JSON.parse(holder) as { host?: string; pid?: number };
  } catch {
    return {}; // its holder was killed while it wrote
  }
}

function describe(holder: string): string {
  const { host = 'an unknown host', pid = '?' } = parse(holder);
  return `process ${pid} on ${host}`;
}
