import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { startNode, type WatchedChild } from './child.ts';
import { createClient, type Client } from './client.ts';
import { until } from './poll.ts';

export const MAIN = resolve(import.meta.dirname, '../../src/main.ts');

export interface Served extends Client, WatchedChild {
  url: string;
}

/** Starts `serve` as a process of its own, as people do, and waits for its ready line. */
export function startServed(env: NodeJS.ProcessEnv): Promise<Served> {
  return awaitServed(startNode([MAIN, 'serve'], { ...SERVED_ENV, ...env }));
}

export const SERVED_ENV = { PORT: '0', LOG_LEVEL: 'warn', TAXOLENS_ENCODERS: '1' };

/** Waits for the ready line of a process that serves. */
export async function awaitServed(child: WatchedChild): Promise<Served> {
  const ended = child.ended.then((code) => {
    throw new Error(`It ended with ${code}: ${child.output()}`);
  });
  const ready = until(
    'the ready line',
    () => /^Taxolens is ready at (\S+)$/m.exec(child.output())?.[1],
    120_000,
  );
  const url = await Promise.race([ready, ended]);
  return { ...child, ...createClient(url), url };
}

/** Ends it as a process manager does. Resolves to the exit code. */
export function endServed({ process, ended }: WatchedChild): Promise<number | NodeJS.Signals | null> {
  process.kill('SIGTERM');
  return ended;
}

/** A data directory that another user (Postgres, where we are root) can reach. */
export function makeDataDir(): { path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), 'taxolens-data-'));
  chmodSync(path, 0o711);
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
