import { createServer, type AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { startNode } from './child.ts';
import { createClient, type Client } from './client.ts';
import { findChildren } from './leak-guard.ts';
import { until } from './poll.ts';
import { endServed, makeDataDir } from './served.ts';

export interface RunningServer extends Client {
  url: string;
  /** Of the demonstration tenant that the first start makes; empty where this was not the first start. */
  key: string;
  dataDir: string;
  /** The process that answers HTTP, a child of the bootstrap: another one after a crash. */
  apiPid(): number;
  /** Whether /readyz says so; false while nothing listens. */
  isReady(): Promise<boolean>;
  /** The text of /metrics. */
  metrics(): Promise<string>;
  /** Ends it as a process manager does, and removes its data. */
  stop(): Promise<void>;
}

export const COMMAND = resolve(import.meta.dirname, '../../bin/taxolens.mjs');

/** Runs `taxolens serve` as people do: through the bootstrap that restarts it, with the embedded Postgres. */
export async function startServer(dataDir = makeDataDir()): Promise<RunningServer> {
  const port = await findFreePort();
  const bootstrap = startNode([COMMAND, 'serve'], {
    PORT: String(port),
    TAXOLENS_DATA_DIR: dataDir.path,
    TAXOLENS_ENCODERS: '1',
  });
  await until('the ready line', () => bootstrap.output().includes('Taxolens is ready'), 120_000);
  const url = `http://127.0.0.1:${port}`;
  const ask = (path: string) => fetch(`${url}${path}`, { signal: AbortSignal.timeout(5_000) });
  return {
    ...createClient(url),
    url,
    key: /Bearer (txl_\w+)/.exec(bootstrap.output())?.[1] ?? '',
    dataDir: dataDir.path,
    apiPid: () => findChildren(bootstrap.process.pid!)[0]!,
    isReady: () =>
      ask('/readyz').then(
        (response) => response.ok,
        () => false,
      ),
    metrics: async () => (await ask('/metrics')).text(),
    async stop() {
      await endServed(bootstrap);
      dataDir.remove();
    },
  };
}

/** Unlike port 0, the same one after a restart. */
async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((listening) => probe.once('listening', listening));
  const { port } = probe.address() as AddressInfo;
  await new Promise((closed) => probe.close(closed));
  return port;
}
