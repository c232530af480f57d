import { checkApplicationRole } from './check-role.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import type { DatabaseLogger } from './logger.ts';
import { migrate } from './migrate.ts';
import { assertSchemaCurrent } from './schema-state.ts';
import { DatabaseSetupError, DatabaseUnreachableError } from './setup-error.ts';

export interface OpenDatabaseOptions {
  /** The directory of the embedded Postgres, which runs where there is no `databaseUrl`. */
  dataDir: string;
  /** URL of the application role on a server of the operator's. */
  databaseUrl?: string;
  /** Who runs the embedded Postgres; see there. */
  use?: 'own' | 'shared';
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
 * operator's, migrates, and refuses a role that policies do not bind. Throws DatabaseSetupError with the remedy,
 * DatabaseUnreachableError where the operator's server does not answer.
 */
export async function openDatabase(options: OpenDatabaseOptions): Promise<OpenDatabase> {
  const { databaseUrl, migrationDatabaseUrl, logger } = options;
  if (databaseUrl) {
    await prepare(databaseUrl, migrationDatabaseUrl, logger).catch(explainConnection(databaseUrl));
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

const UNREACHABLE: Record<string, string> = {
  ECONNREFUSED: 'nothing listens there',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'the name of the host cannot be looked up now',
  ENOENT: 'no such socket',
  ETIMEDOUT: 'no answer',
  EHOSTUNREACH: 'no way to the host',
  '57P03': 'the server is starting up or shutting down',
};
const REFUSED: Record<string, string> = {
  '28P01': 'the password is wrong',
  '28000': 'the role may not connect',
  '3D000': 'there is no such database',
};

/** What a person can act on, without the password: the variable, the host and what is wrong. */
function explainConnection(databaseUrl: string) {
  return (cause: unknown): never => {
    const code = String((cause as NodeJS.ErrnoException).code);
    const { host, pathname, username } = new URL(databaseUrl);
    const where = `the database ${pathname.slice(1)} at ${host || 'a socket'} as ${username} (DATABASE_URL)`;
    if (code in REFUSED) {
      throw new DatabaseSetupError(`Cannot use ${where}: ${REFUSED[code]}.`, { cause });
    }
    if (code in UNREACHABLE) {
      throw new DatabaseUnreachableError(
        `Cannot reach ${where}: ${UNREACHABLE[code]}. Is Postgres running?`,
        { cause },
      );
    }
    throw cause;
  };
}
