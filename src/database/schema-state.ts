import { Client } from 'pg';
import { findPendingMigrations, readMigrations } from './migrations.ts';
import { DatabaseSetupError } from './setup-error.ts';

/**
 * For a process that has only the application role: throws unless the schema is current, naming the command that
 * mends it.
 */
export async function assertSchemaCurrent(applicationUrl: string): Promise<void> {
  const client = new Client({ connectionString: applicationUrl });
  await client.connect();
  try {
    const pending = await findPendingMigrations(client, await readMigrations());
    if (pending.length === 0) return;
    throw new DatabaseSetupError(
      `The database lacks ${pending.length} migration(s), first ${pending[0]?.name}. Run ` +
        '"TAXOLENS_MIGRATION_DATABASE_URL=<owner> DATABASE_URL=<application> node bin/taxolens.mjs migrate", ' +
        'or set TAXOLENS_MIGRATION_DATABASE_URL for this start too.',
    );
  } finally {
    await client.end();
  }
}
