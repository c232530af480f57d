import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { claimCluster } from './embedded/claim.ts';
import { createCluster, createRoles } from './embedded/cluster.ts';
import { DATABASE_NAME, loadCredentials, ROLES, socketUrl } from './embedded/credentials.ts';
import { choosePlace, type Place } from './embedded/place.ts';
import { isPostmasterOf, readPostmasterFile, stopPredecessor } from './embedded/postmaster-file.ts';
import { startServer, type Server } from './embedded/server.ts';
import { makeSocketDir, sweepSocketDirs } from './embedded/socket-dir.ts';
import type { DatabaseLogger } from './logger.ts';

export interface EmbeddedPostgresOptions {
  /** The data directory of the installation; Postgres takes `postgres/` in it. */
  dataDir: string;
  logger: DatabaseLogger;
  /** `test` gives up crash safety for speed. Default `full`. */
  durability?: 'full' | 'test';
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
  /** Stops Postgres, where this process started it. Disconnect the pools first. */
  stop(): Promise<void>;
}

const RESTART_DELAY_MS = { first: 500, most: 30_000 };
/** A run this long counts as healthy: the next crash starts from the first delay again. */
const HEALTHY_RUN_MS = 60_000;
const ATTACH_LIMIT_MS = 60_000;

/**
 * Starts the Postgres that came with the install, on a Unix socket that only this user can open, and keeps it
 * running until `stop`. Where another living process already runs the cluster of `dataDir`, its server is shared.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const { logger, durability = 'full', onProgress = (line: string) => logger.info(line) } = options;
  const place = await choosePlace(path.resolve(options.dataDir), onProgress);
  const claim = await claimCluster(place.homeDir);
  if (!claim.claimed) return shareServer(place, claim.pid);

  const socketDirs: string[] = [];
  try {
    const isNew = !existsSync(place.clusterDir);
    const credentials = loadCredentials(place.homeDir, !isNew);
    if (isNew) onProgress('Creating the database (first start)...');
    await createCluster(place, credentials.superuser, durability === 'full');
    await stopPredecessor(place.clusterDir, onProgress);
    sweepSocketDirs();
    const socketDir = makeSocketDir(place.user);
    socketDirs.push(socketDir);

    const start = () => startServer({ place, socketDir, durability });
    const keeper = keepRunning(await start(), start, { logger, onExit: options.onExit });
    await createRoles(socketDir, credentials);
    return {
      ...urlsOf(place, socketDir),
      async stop() {
        await keeper.stop();
        await rm(socketDir, { recursive: true, force: true });
        await claim.release();
      },
    };
  } catch (error) {
    for (const dir of socketDirs) await rm(dir, { recursive: true, force: true });
    await claim.release();
    throw error;
  }
}

function urlsOf(place: Place, socketDir: string): Pick<EmbeddedPostgres, 'ownerUrl' | 'applicationUrl'> {
  const credentials = loadCredentials(place.homeDir, true);
  const urlOf = (kind: 'owner' | 'application') =>
    socketUrl({ role: ROLES[kind], password: credentials[kind], database: DATABASE_NAME, socketDir });
  return { ownerUrl: urlOf('owner'), applicationUrl: urlOf('application') };
}

/** Waits for the server of another process (`taxolens worker` beside `taxolens serve`). */
async function shareServer(place: Place, pid: number): Promise<EmbeddedPostgres> {
  const startedMs = Date.now();
  for (;;) {
    const file = readPostmasterFile(place.clusterDir);
    if (file?.ready && isPostmasterOf(place.clusterDir, file.pid)) {
      return { ...urlsOf(place, file.socketDir), stop: () => Promise.resolve() };
    }
    if (Date.now() - startedMs > ATTACH_LIMIT_MS) {
      throw new Error(
        `Process ${pid} holds the database in ${place.homeDir} but runs no Postgres: end it first.`,
      );
    }
    await sleep(50);
  }
}

/** Starts the server again whenever it ends before `stop`; the pools of the application reconnect by themselves. */
function keepRunning(
  first: Server,
  start: () => Promise<Server>,
  { logger, onExit }: Pick<EmbeddedPostgresOptions, 'logger' | 'onExit'>,
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  let server: Server | undefined = first;

  const loop = async (): Promise<void> => {
    let delayMs = RESTART_DELAY_MS.first;
    while (!stopping.signal.aborted) {
      const startedMs = Date.now();
      await server?.ended;
      if (stopping.signal.aborted) return;
      if (server) onExit?.();
      if (Date.now() - startedMs > HEALTHY_RUN_MS) delayMs = RESTART_DELAY_MS.first;
      logger.error({ delayMs }, 'Postgres ended by itself: starting it again');
      await sleep(delayMs, undefined, { signal: stopping.signal, ref: false }).catch(() => {});
      if (stopping.signal.aborted) return;
      delayMs = Math.min(delayMs * 2, RESTART_DELAY_MS.most);
      server = await start().catch((error: unknown) => {
        logger.error({ err: error }, 'Postgres did not start again');
        return undefined;
      });
      if (server) logger.info('Postgres runs again');
    }
  };
  const looping = loop();
  return {
    async stop() {
      stopping.abort();
      await server?.stop();
      await looping;
      await server?.stop(); // one that was just starting
    },
  };
}
