import { setTimeout as sleep } from 'node:timers/promises';
import type { DatabaseLogger } from '../logger.ts';
import type { Server } from './server.ts';

const RESTART_DELAY_MS = { first: 500, most: 30_000 };
/** A run this long counts as healthy: the next crash starts from the first delay again. */
const HEALTHY_RUN_MS = 60_000;

export interface KeepRunningOptions {
  start: () => Promise<Server>;
  logger: DatabaseLogger;
  /** Called when the server ended by itself. */
  onExit?: () => void;
}

/** Starts the server again whenever it ends before `stop`; the pools of the application reconnect by themselves. */
export function keepRunning(
  first: Server,
  { start, logger, onExit }: KeepRunningOptions,
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
