import { resolve } from 'node:path';
import type { Config } from '../config.ts';
import { restoreCluster } from '../database/embedded/restore-cluster.ts';
import { openDatabase } from '../database/open-database.ts';
import { createLogger } from '../logger.ts';
import { refuseExternal } from './refuse-external.ts';
import { say } from './say.ts';

/** Makes the embedded database from a backup and starts it once: what cannot be recovered must show now. */
export async function restore(config: Config, source: string): Promise<void> {
  refuseExternal(config);
  const { files, holdsAllUntil } = await restoreCluster({
    dataDir: config.dataDir,
    directory: resolve(source),
    onProgress: say,
  });
  say(`Restored ${files.length} files; recovering...`);
  const database = await openDatabase({ ...config, logger: createLogger(config), onProgress: say });
  await database.stop();
  say(
    `The database in ${config.dataDir} is ready. It holds every write acknowledged before ${holdsAllUntil}.`,
  );
}
