import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Place } from './place.ts';
import { isReady } from './postmaster-file.ts';

/** One run of Postgres: starting, then ready, then ended (by `stop`, or by itself). */
export interface Server {
  /** Resolves when Postgres has ended, whoever ended it. */
  ended: Promise<void>;
  stop(): Promise<void>;
}

/**
 * Runs Postgres and ends it when this process does, however that happens: the pipe on descriptor 3 closes, the
 * watcher sees it. Postgres gets SIGINT (fast shutdown). In a session of its own, so that Ctrl-C reaches the
 * application first, which then drains and stops Postgres last.
 */
const SUPERVISOR = `
exec 3<&0
"$@" 3<&- </dev/null & postgres=$!
(while read -r _; do :; done; kill -INT $postgres) <&3 2>/dev/null & watcher=$!
exec 3<&-
trap 'kill -INT $postgres' INT TERM HUP
wait $postgres; code=$?
while kill -0 $postgres 2>/dev/null; do wait $postgres; code=$?; done
kill $watcher 2>/dev/null
exit $code`;

/** Trades the safety of data for speed: for databases that tests throw away. */
const TEST_SETTINGS = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=200'];

/** Crash recovery of a large database can take this long. */
const START_LIMIT_MS = 5 * 60_000;

export interface ServerOptions {
  place: Place;
  socketDir: string;
  durability: 'full' | 'test';
}

/** Starts Postgres and waits until it takes connections. Throws with the end of its log when it does not. */
export async function startServer({ place, socketDir, durability }: ServerOptions): Promise<Server> {
  const settings = [
    'listen_addresses=',
    `unix_socket_directories=${socketDir}`,
    'timezone=UTC',
    'log_timezone=UTC',
    ...(durability === 'test' ? TEST_SETTINGS : []),
  ].flatMap((setting) => ['-c', setting]);
  const logFile = path.join(place.homeDir, 'server.log');
  const log = openSync(logFile, 'w', 0o600);
  const child = spawn(
    '/bin/sh',
    [
      '-c',
      SUPERVISOR,
      'taxolens-postgres',
      path.join(place.binDir, 'postgres'),
      '-D',
      place.clusterDir,
      ...settings,
    ],
    { ...place.user, cwd: '/', env: { TZ: 'UTC', LC_ALL: 'C' }, detached: true, stdio: ['pipe', log, log] },
  );
  closeSync(log);
  const lifeline = child.stdin as Socket;
  lifeline.on('error', () => {}); // the supervisor went first
  // A process that has nothing else to do may end: Postgres ends with it.
  child.unref();
  lifeline.unref();

  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  }).finally(() => lifeline.destroy());
  await waitUntilReady(place.clusterDir, child, logFile);

  const stop = async (): Promise<void> => {
    child.ref();
    lifeline.destroy();
    await ended;
  };
  return { ended, stop };
}

async function waitUntilReady(clusterDir: string, child: ChildProcess, logFile: string): Promise<void> {
  const startedMs = Date.now();
  while (!isReady(clusterDir)) {
    if (child.exitCode !== null || child.signalCode !== null || !child.pid) {
      const lines = readFileSync(logFile, 'utf8').trim().split('\n').slice(-5);
      throw new Error(`Postgres did not start. Its log (${logFile}) ends with:\n${lines.join('\n')}`);
    }
    if (Date.now() - startedMs > START_LIMIT_MS) {
      child.stdin?.destroy();
      throw new Error(`Postgres is not ready after ${START_LIMIT_MS / 1000} s: see ${logFile}.`);
    }
    await sleep(20);
  }
}
