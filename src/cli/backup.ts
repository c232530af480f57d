import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { ConfigError, type Config } from '../config.ts';
import { backUpCluster } from '../database/embedded/back-up-cluster.ts';
import { choosePlace } from '../database/embedded/place.ts';
import { startEmbeddedPostgres } from '../database/embedded-postgres.ts';
import { createLogger } from '../logger.ts';
import { refuseExternal } from './refuse-external.ts';
import { say } from './say.ts';

/** Copies the embedded database to a new directory, also while other processes use it. */
export async function backup(config: Config, target: string): Promise<void> {
  refuseExternal(config);
  const { clusterDir } = await choosePlace(config.dataDir, say);
  if (!existsSync(clusterDir)) {
    throw new ConfigError(
      `There is no database in ${config.dataDir}: TAXOLENS_DATA_DIR names the one to back up.`,
    );
  }
  const directory = resolve(target);
  const server = await startEmbeddedPostgres({ ...config, logger: createLogger(config), onProgress: say });
  try {
    const { files, holdsAllUntil } = await backUpCluster({ ...server, directory });
    const megabytes = files.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6;
    say(`Backed up to ${directory}: ${files.length} files, ${megabytes.toFixed(1)} MB.`);
    say(
      `It holds every write that was acknowledged before ${holdsAllUntil}. It holds secrets: keep it as such.`,
    );
  } finally {
    await server.stop();
  }
}
