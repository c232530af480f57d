import { startWorker } from '../app.ts';
import type { Config } from '../config.ts';
import { checkDurability } from '../database/check-durability.ts';
import { say } from './say.ts';
import { awaitSignal } from './signals.ts';

/** Runs background jobs until a signal; a job that does not end in time goes to another process. */
export async function worker(config: Config): Promise<void> {
  const signal = awaitSignal();
  const { stop } = await startWorker(config, { onProgress: say, checkDatabase: checkDurability });
  say('The worker is ready.');
  await signal;
  await stop();
}
