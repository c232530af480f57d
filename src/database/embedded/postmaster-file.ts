import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { identifyProcess, readCommandLine } from './process-identity.ts';

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
  return readCommandLine(pid)?.includes(clusterDir) ?? false;
}

/**
 * Stops a Postgres that outlived the process which started it (both that process and the supervisor were killed).
 * A stale file of a dead one is left to Postgres itself, which knows it by its shared memory.
 */
export async function stopPredecessor(clusterDir: string, onProgress: (line: string) => void): Promise<void> {
  const { pid } = readPostmasterFile(clusterDir) ?? {};
  if (!pid || !isPostmasterOf(clusterDir, pid)) return;
  onProgress(`Stopping a Postgres that was left running (process ${pid})...`);
  const startedMs = Date.now();
  process.kill(pid, 'SIGINT');
  while (identifyProcess(pid) !== null && isPostmasterOf(clusterDir, pid)) {
    if (Date.now() - startedMs > 30_000)
      throw new Error(`Postgres process ${pid} does not stop: end it by hand.`);
    await sleep(20);
  }
}
