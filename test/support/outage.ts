import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { readPostmasterFile } from '../../src/database/embedded/postmaster-file.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/database/embedded-postgres.ts';
import { migrate } from '../../src/database/migrate.ts';
import { readExample } from './classify.ts';
import type { Client } from './client.ts';
import { inDatabase } from './database.ts';
import { until } from './poll.ts';
import { silentLogger } from './silent-logger.ts';

/** A database server, with all its safety, that a test takes away and gives back; its URL stays. */
export interface FragileDatabase {
  url: string;
  /** Bound by nothing: for what a test must see. */
  superuserUrl: string;
  start(): Promise<void>;
  /** As `systemctl stop` does. */
  stop(): Promise<void>;
  /** kill -9 of the server, or what else ends it; resolves when it takes connections again by itself. */
  crash(signal?: CrashSignal): Promise<void>;
  remove(): Promise<void>;
}

/** SIGQUIT is the immediate mode of `pg_ctl stop`. */
export type CrashSignal = 'SIGKILL' | 'SIGQUIT';

export async function startFragileDatabase(): Promise<FragileDatabase> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'taxolens-fragile-'));
  await chmod(dataDir, 0o711); // as root, Postgres runs under another user, who must get in
  const start = () => startEmbeddedPostgres({ dataDir, logger: silentLogger });
  let server: EmbeddedPostgres | undefined = await start();
  await migrate({ ...server, logger: silentLogger });
  const { clusterDir } = server.place;
  const stop = async () => {
    await server?.stop();
    server = undefined;
  };
  return {
    url: server.applicationUrl,
    superuserUrl: inDatabase(server.superuserUrl, 'taxolens'),
    stop,
    async start() {
      server = await start();
    },
    async crash(signal = 'SIGKILL') {
      const { pid } = readPostmasterFile(clusterDir)!;
      process.kill(pid, signal);
      await until('Postgres runs again', () => {
        const now = readPostmasterFile(clusterDir);
        return now !== null && now.pid !== pid && now.ready;
      });
    },
    async remove() {
      await stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** What clients were told. */
export interface Tally {
  served: number;
  /** How often each error code came. */
  refused: Record<string, number>;
  /** What came without a code: broken connections, bodies that are no GraphQL, INTERNAL. */
  untyped: string[];
  slowestMs: number;
}

interface Operation {
  query: string;
  variables: Record<string, unknown>;
  files?: Record<string, Uint8Array<ArrayBuffer>>;
}

let created = 0;
const OPERATIONS: (() => Operation)[] = [
  () => ({ query: '{ taxonomies(first: 5) { nodes { name } } }', variables: {} }),
  () => ({
    query: 'mutation ($name: String!) { createTaxonomy(input: { name: $name }) { taxonomy { id } } }',
    variables: { name: `during the outage ${created++}` },
  }),
  () => ({
    query: `mutation ($image: Upload!) {
      classifyImages(input: { images: [{ source: { upload: $image } }], taxonomies: [{ by: { name: "five-labels" } }] }) {
        results { outcomes { ... on ClassificationError { code } } }
      }
    }`,
    variables: { image: null },
    files: { 'variables.image': readExample('two-cats.jpg') },
  }),
];

/** Reads, writes and classifies, some at once, until `work` is done and every request has its answer. */
export async function withTraffic(
  client: Client,
  key: string,
  work: (tally: Tally) => Promise<void>,
): Promise<Tally> {
  const tally: Tally = { served: 0, refused: {}, untyped: [], slowestMs: 0 };
  const over = new AbortController();
  const worker = async (operation: () => Operation) => {
    while (!over.signal.aborted) {
      const startedAt = performance.now();
      await ask(client, key, operation()).then((code) => count(tally, code));
      tally.slowestMs = Math.max(tally.slowestMs, Math.round(performance.now() - startedAt));
    }
  };
  const workers = [...OPERATIONS, ...OPERATIONS].map(worker);
  await until('requests are served', () => tally.served >= workers.length);
  await work(tally).finally(() => over.abort());
  await Promise.all(workers);
  return tally;
}

/** The code of an answer; OK where there is none; what went wrong otherwise. */
async function ask(client: Client, key: string, operation: Operation): Promise<string> {
  try {
    const { data, errors } = await client.send({ ...operation, key });
    const code = errors[0]?.extensions?.code ?? /"code":"(\w+)"/.exec(JSON.stringify(data))?.[1];
    return code ?? (data ? 'OK' : 'neither data nor code');
  } catch (error) {
    return `broken: ${String((error as Error).cause ?? error)}`;
  }
}

function count(tally: Tally, code: string): void {
  if (code === 'OK') tally.served++;
  else if (!/^[A-Z_]+$/.test(code) || code === 'INTERNAL') tally.untyped.push(code);
  else tally.refused[code] = (tally.refused[code] ?? 0) + 1;
}

/** Milliseconds until a read, a write and a classification have each been served again. */
export async function untilServed(client: Client, key: string): Promise<number> {
  const startedAt = performance.now();
  for (const operation of OPERATIONS) {
    await until('it is served again', async () => (await ask(client, key, operation())) === 'OK', 60_000);
  }
  return Math.round(performance.now() - startedAt);
}
