import { checkApplicationRole } from './check-role.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import type { DatabaseLogger } from './logger.ts';
import { migrate } from './migrate.ts';
import { assertSchemaCurrent } from './schema-state.ts';

export interface OpenDatabaseOptions {
  /** The directory of the embedded Postgres, which runs where there is no `databaseUrl`. */
  dataDir: string;
  /** URL of the application role on a server of the operator's. */
  databaseUrl?: string;
  /** URL of the owner on that server. Without it the schema must be current. */
  migrationDatabaseUrl?: string;
  logger: DatabaseLogger;
  /** Lines for a person who waits. Default: the logger. */
  onProgress?: (line: string) => void;
}

export interface OpenDatabase {
  /** URL of the application role, whom row level security binds. */
  applicationUrl: string;
  /** Stops the embedded Postgres, if it is ours. Disconnect the pools and stop the queue first. */
  stop(): Promise<void>;
}

/**
 * From the configuration to a database that is up to date and keeps tenants apart: starts Postgres or takes the
 * operator's, migrates, and refuses a role that policies do not bind. Throws DatabaseSetupError with the remedy.
 */
export async function openDatabase(options: OpenDatabaseOptions): Promise<OpenDatabase> {
  const { databaseUrl, migrationDatabaseUrl, logger } = options;
  if (databaseUrl) {
    await prepare(databaseUrl, migrationDatabaseUrl, logger);
    return { applicationUrl: databaseUrl, stop: () => Promise.resolve() };
  }
  const server = await startEmbeddedPostgres(options);
  try {
    await prepare(server.applicationUrl, server.ownerUrl, logger);
  } catch (error) {
    await server.stop();
    throw error;
  }
  return { applicationUrl: server.applicationUrl, stop: () => server.stop() };
}

async function prepare(
  applicationUrl: string,
  ownerUrl: string | undefined,
  logger: DatabaseLogger,
): Promise<void> {
  if (ownerUrl) await migrate({ ownerUrl, applicationUrl, logger });
  else await assertSchemaCurrent(applicationUrl);
  await checkApplicationRole(applicationUrl);
}
