import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { claimCluster } from './embedded/claim.ts';
import { createCluster, createRoles } from './embedded/cluster.ts';
import { DATABASE_NAME, loadCredentials, ROLES, socketUrl } from './embedded/credentials.ts';
import { keepRunning } from './embedded/keep-running.ts';
import { choosePlace, type Place } from './embedded/place.ts';
import { isReady, readPostmasterFile, stopPredecessor } from './embedded/postmaster-file.ts';
import { startServer } from './embedded/server.ts';
import { makeSocketDir, sweepSocketDirs } from './embedded/socket-dir.ts';
import type { DatabaseLogger } from './logger.ts';
import { DatabaseSetupError, DatabaseUnreachableError } from './setup-error.ts';

export interface EmbeddedPostgresOptions {
  /** The data directory of the installation; Postgres takes `postgres/` in it. */
  dataDir: string;
  logger: DatabaseLogger;
  /** `test` gives up crash safety for speed. Default `full`. */
  durability?: 'full' | 'test';
  /** Who runs the cluster: `own`, this process or nobody; `shared`, another process. Default: whoever comes first. */
  use?: 'own' | 'shared';
  /** Lines for a person who waits: what takes long, where the data went. Default: the logger. */
  onProgress?: (line: string) => void;
  /** Called when Postgres ended by itself; it is then started again. */
  onExit?: () => void;
}

export interface EmbeddedPostgres {
  /** The owner of the schema: migrations only. */
  ownerUrl: string;
  /** The role that requests run under. */
  applicationUrl: string;
  /** Bound by nothing: for backups, which no other role may start. */
  superuserUrl: string;
  place: Place;
  /** Stops Postgres, where this process started it. Disconnect the pools first. */
  stop(): Promise<void>;
}

/** How long another process may take to bring up the server that we want to share. */
const SHARE_LIMIT_MS = 60_000;

/**
 * Starts the Postgres that came with the install, on a Unix socket that only this user can open, and keeps it
 * running until `stop`. Where another living process already runs the cluster of `dataDir` (`taxolens backup` beside
 * `taxolens serve`), its server is shared, for as long as that process lives; that is no ground for a process that
 * others rely on, which asks for its own.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const place = await choosePlace(options.dataDir, progressOf(options));
  const startedMs = Date.now();
  for (;;) {
    const claim = options.use === 'shared' ? null : await claimCluster(place.homeDir);
    if (claim?.claimed) return runServer(place, claim.release, options);
    if (options.use === 'own') {
      throw new DatabaseSetupError(
        `Process ${claim!.pid} uses the data directory ${options.dataDir}: end it first, or name another one with TAXOLENS_DATA_DIR. Several servers share a Postgres that DATABASE_URL names.`,
      );
    }
    const shared = await findRunningServer(place);
    if (shared) return shared;
    if (Date.now() - startedMs > SHARE_LIMIT_MS) throw nobodyServes(options.dataDir, claim?.pid);
    await sleep(100);
  }
}

function nobodyServes(dataDir: string, pid: number | undefined): Error {
  return pid === undefined
    ? new DatabaseUnreachableError(
        `No process runs the database in ${dataDir}: start the server that this one works beside.`,
      )
    : new DatabaseSetupError(
        `Process ${pid} holds the database in ${dataDir} but serves none: end it first.`,
      );
}

function progressOf({ onProgress, logger }: EmbeddedPostgresOptions): (line: string) => void {
  return onProgress ?? ((line) => logger.info(line));
}

async function runServer(
  place: Place,
  release: () => Promise<void>,
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const { logger, durability = 'full', onExit } = options;
  const onProgress = progressOf(options);
  let stop = release;
  try {
    const isNew = !existsSync(place.clusterDir);
    const credentials = loadCredentials(place.homeDir, !isNew);
    if (isNew) onProgress('Creating the database (first start)...');
    await createCluster(place, credentials.superuser, durability === 'full');
    sweepSocketDirs();
    const socketDir = makeSocketDir(place);

    const start = async () => {
      await stopPredecessor(place.clusterDir, onProgress);
      return startServer({ place, socketDir: makeSocketDir(place), durability });
    };
    const running = keepRunning(await start(), { start, logger, onExit });
    stop = async () => {
      await running.stop();
      await rm(socketDir, { recursive: true, force: true });
      await release();
    };
    await createRoles(socketDir, credentials);
    return { ...urlsOf(place, socketDir), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The server of the process that holds the claim; undefined while it cannot be reached, or is not set up yet. */
async function findRunningServer(place: Place): Promise<EmbeddedPostgres | undefined> {
  if (!isReady(place.clusterDir)) return undefined;
  const urls = urlsOf(place, readPostmasterFile(place.clusterDir)?.socketDir ?? '');
  const client = new Client({ connectionString: urls.applicationUrl });
  try {
    await client.connect();
    return { ...urls, stop: () => Promise.resolve() };
  } catch {
    return undefined;
  } finally {
    await client.end().catch(() => {});
  }
}

function urlsOf(place: Place, socketDir: string): Omit<EmbeddedPostgres, 'stop'> {
  const credentials = loadCredentials(place.homeDir, true);
  const urlOf = (kind: keyof typeof ROLES, database = DATABASE_NAME) =>
    socketUrl({ role: ROLES[kind], password: credentials[kind], database, socketDir });
  return {
    ownerUrl: urlOf('owner'),
    applicationUrl: urlOf('application'),
    superuserUrl: urlOf('superuser', 'postgres'),
    place,
  };
}
