import { startApp } from '../app.ts';
import type { Config } from '../config.ts';
import { checkDurability } from '../database/check-durability.ts';
import { describeStart } from '../first-start/describe-start.ts';
import { say } from './say.ts';
import { awaitSignal } from './signals.ts';

/** Starts the API and runs it until a signal; then lets what is in flight be answered. */
export async function serve(config: Config): Promise<void> {
  const signal = awaitSignal();
  const app = await startApp(config, { onProgress: say, checkDatabase: checkDurability });
  say(describeStart(app));
  say(`Taxolens is ready at ${app.url}`);
  app.services.logger.info({ signal: await signal }, 'stopping');
  await app.stop();
}
