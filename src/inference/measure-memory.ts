import { readdirSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

/**
 * Bytes that each of these processes takes of the memory, on average; a page that several share counts once among them
 * (PSS), so that weights mapped from one file are not counted for each. Undefined where the system does not tell: all
 * but Linux.
 */
export async function measureMemory(pids: readonly number[]): Promise<number | undefined> {
  const sizes = await Promise.all(pids.map(measureProcess));
  const known = sizes.filter((size) => size !== undefined);
  // One that has just ended tells nothing, and is replaced by one like the others.
  return known.length === 0 ? undefined : known.reduce((sum, size) => sum + size, 0) / known.length;
}

async function measureProcess(pid: number): Promise<number | undefined> {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '');
  const kibibytes = /^Pss:\s+(\d+) kB$/m.exec(text)?.[1];
  return kibibytes === undefined ? undefined : Number(kibibytes) * 1024;
}

/** What a child takes beside its weights, at least. */
const PROCESS_BYTES = 60_000_000;

/** About what a child takes with this graph and its external data, before anybody has measured it. */
export function guessMemory(directory: string, graph: string): number {
  const folder = join(directory, dirname(graph));
  const files = readdirSync(folder).filter((file) => file.startsWith(basename(graph)));
  return files.reduce((bytes, file) => bytes + statSync(join(folder, file)).size, PROCESS_BYTES);
}
