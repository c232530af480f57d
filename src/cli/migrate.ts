import { ConfigError, type Config } from '../config.ts';
import { openDatabase } from '../database/open-database.ts';
import { createLogger } from '../logger.ts';
import { say } from './say.ts';

/** Brings the database up to date and sets the rights of the application role. */
export async function migrate(config: Config): Promise<void> {
  if (config.databaseUrl && !config.migrationDatabaseUrl) {
    throw new ConfigError(
      'Migrating the database of DATABASE_URL needs its owner: set TAXOLENS_MIGRATION_DATABASE_URL.',
    );
  }
  const database = await openDatabase({ ...config, logger: createLogger(config), onProgress: say });
  await database.stop();
  say('The database is up to date.');
}
