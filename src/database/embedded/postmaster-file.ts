import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { DatabaseSetupError } from '../setup-error.ts';
import { identifyProcess, readCommandLine } from './process-identity.ts';

/** How long a killed Postgres may wait to be reaped by its parent before its file is removed. */
const REAP_LIMIT_MS = 3_000;
/** Finishing a checkpoint can take a while. */
const STOP_LIMIT_MS = 60_000;

/** What a running Postgres says about itself in postmaster.pid. */
export interface PostmasterFile {
  pid: number;
  socketDir: string;
  /** True once it takes connections. */
  ready: boolean;
}

/** Reads postmaster.pid; null when there is none (stopped cleanly, or not started yet). */
export function readPostmasterFile(clusterDir: string): PostmasterFile | null {
  try {
    // Lines: pid, data directory, start time, port, socket directory, listen address, shared memory, status.
    const lines = readFileSync(path.join(clusterDir, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), socketDir: lines[4] ?? '', ready: lines[7]?.trim() === 'ready' };
  } catch {
    return null;
  }
}

/** Whether the process that postmaster.pid names is a Postgres of this cluster, not a later owner of the number. */
export function isPostmasterOf(clusterDir: string, pid: number): boolean {
  return readCommandLine(pid)?.includes(`postgres -D ${clusterDir} `) ?? false;
}

/** Whether a Postgres of this cluster takes connections: the file of a killed one says so for ever. */
export function isReady(clusterDir: string): boolean {
  const file = readPostmasterFile(clusterDir);
  return file !== null && file.ready && isPostmasterOf(clusterDir, file.pid);
}

/**
 * Stops a Postgres that outlived the process which started it (both that process and the supervisor were killed).
 * A file whose process is dead is left to Postgres itself, which also looks for survivors in its shared memory; one
 * whose number went to another program meanwhile would make Postgres refuse to start, and is removed.
 */
export async function stopPredecessor(clusterDir: string, onProgress: (line: string) => void): Promise<void> {
  const { pid } = readPostmasterFile(clusterDir) ?? {};
  if (!pid) return;
  if (identifyProcess(pid) === null) return forgetZombie(clusterDir, pid);
  if (!isPostmasterOf(clusterDir, pid)) {
    rmSync(path.join(clusterDir, 'postmaster.pid'), { force: true });
    return;
  }
  onProgress(`Stopping a Postgres that was left running (process ${pid})...`);
  const startedMs = Date.now();
  process.kill(pid, 'SIGINT');
  while (isPostmasterOf(clusterDir, pid)) {
    if (Date.now() - startedMs > STOP_LIMIT_MS) {
      throw new DatabaseSetupError(`Postgres process ${pid} does not stop: end it by hand.`);
    }
    await sleep(20);
  }
}

/** A killed Postgres that nobody has reaped yet still has its number, and a new one would take it for alive. */
async function forgetZombie(clusterDir: string, pid: number): Promise<void> {
  const startedMs = Date.now();
  while (hasNumber(pid)) {
    if (Date.now() - startedMs > REAP_LIMIT_MS) {
      rmSync(path.join(clusterDir, 'postmaster.pid'), { force: true });
      return;
    }
    await sleep(20);
  }
}

function hasNumber(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
