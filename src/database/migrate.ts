import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { assertSeparateRole, grantToApplication } from './grants.ts';
import type { DatabaseLogger } from './logger.ts';
import { findPendingMigrations, readMigrations, type Migration } from './migrations.ts';
import { prepareQueueRole, prepareQueueSchema } from './queue-schema.ts';
import { DatabaseSetupError } from './setup-error.ts';

export interface MigrateOptions {
  /** The role that owns the schema. */
  ownerUrl: string;
  /** The URL of the application role, which receives its grants here. */
  applicationUrl: string;
  logger: DatabaseLogger;
  /** Default: prisma/migrations. */
  migrationsDir?: string;
}

/** The key that Prisma's own `migrate deploy` locks, so that the two keep out of each other's way. */
const LOCK_KEY = 72_707_369;

/** The table of Prisma, so that its command line reads the same history. */
const HISTORY_TABLE = `create table if not exists public._prisma_migrations (
  id varchar(36) primary key not null, checksum varchar(64) not null, finished_at timestamptz,
  migration_name varchar(255) not null, logs text, rolled_back_at timestamptz,
  started_at timestamptz not null default now(), applied_steps_count integer not null default 0)`;

/**
 * Brings the schema up to date, then the grants of the application role and the job queue's schema. Any number of
 * processes may call it at once: one works, the others wait and find nothing to do. Returns what it applied.
 */
export async function migrate(options: MigrateOptions): Promise<string[]> {
  const { ownerUrl, applicationUrl, logger } = options;
  const migrations = await readMigrations(options.migrationsDir);
  const applicationRole = decodeURIComponent(new URL(applicationUrl).username);
  const client = new Client({ connectionString: ownerUrl });
  client.on('error', (error) => logger.error({ err: error }, 'the connection of the migrations broke'));
  await client.connect();
  try {
    await client.query('set search_path to public'); // a schema named as the owner would come first
    await takeLock(client, logger);
    // First what may be refused, while nothing has changed yet.
    await assertSeparateRole(client, applicationRole);
    await prepareQueueRole(client, applicationRole);
    const pending = await findPendingMigrations(client, migrations);
    if (pending.length > 0) await client.query(HISTORY_TABLE);
    for (const migration of pending) {
      await applyMigration(client, migration);
      logger.info({ migration: migration.name }, 'migration applied');
    }
    await grantToApplication(client, applicationRole);
    await prepareQueueSchema(client, { ownerUrl, applicationRole });
    return pending.map((migration) => migration.name);
  } finally {
    await client.end(); // gives the lock back
  }
}

async function takeLock(client: Client, logger: DatabaseLogger): Promise<void> {
  const { rows } = await client.query('select pg_try_advisory_lock($1) as taken', [LOCK_KEY]);
  if (rows[0].taken) return;
  logger.info('waiting for another process that is migrating this database');
  await client.query('select pg_advisory_lock($1)', [LOCK_KEY]);
}

/**
 * Applies one migration and records it in one transaction: a crash leaves neither. A failure is recorded as rolled
 * back, with its message, for whoever looks later; the next start tries again.
 */
async function applyMigration(client: Client, { name, sql, checksum }: Migration): Promise<void> {
  const id = randomUUID();
  try {
    await client.query('begin');
    await client.query(sql);
    await client.query(
      `insert into public._prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count)
       values ($1, $2, $3, clock_timestamp(), 1)`,
      [id, checksum, name],
    );
    await client.query('commit');
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    await client.query('rollback').catch(() => {}); // the connection may be gone: report the first error
    await client
      .query(
        `insert into public._prisma_migrations (id, checksum, migration_name, logs, rolled_back_at)
         values ($1, $2, $3, $4, now())`,
        [id, checksum, name, message],
      )
      .catch(() => {});
    throw new DatabaseSetupError(
      `Migration ${name} failed and was rolled back, nothing of it is left: ${message}`,
      {
        cause: error,
      },
    );
  }
}
