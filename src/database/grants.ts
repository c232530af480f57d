import { escapeIdentifier, type ClientBase } from 'pg';
import { DatabaseSetupError } from './setup-error.ts';

/** Refuses an application role that does not exist or is the one that migrates. */
export async function assertSeparateRole(client: ClientBase, role: string): Promise<void> {
  const { rows } = await client.query<{ exists: boolean; same: boolean }>(
    'select to_regrole(quote_ident($1)) is not null as exists, current_user = $1 as same',
    [role],
  );
  if (!rows[0]?.exists) {
    throw new DatabaseSetupError(
      `The role ${role} that DATABASE_URL names does not exist. An administrator runs: create role ` +
        `${escapeIdentifier(role)} login nosuperuser nobypassrls noinherit password '...';`,
    );
  }
  if (rows[0].same) {
    throw new DatabaseSetupError(
      `DATABASE_URL and TAXOLENS_MIGRATION_DATABASE_URL both name the role ${role}. The owner of tables is not ` +
        'bound by grants: give the application a role of its own.',
    );
  }
}

/** Gives the application role exactly what it needs in the schema, whatever it had before. Safe to repeat. */
export async function grantToApplication(client: ClientBase, role: string): Promise<void> {
  const name = escapeIdentifier(role);
  await client.query(`
    begin;
    -- Servers up to 14 let everybody create tables here.
    revoke create on schema public from public;
    revoke all on schema public from ${name};
    grant usage on schema public to ${name};
    revoke all on all tables in schema public from ${name};
    grant select, insert, update, delete on all tables in schema public to ${name};
    revoke insert, update, delete on public._prisma_migrations from ${name};
    commit`);
}
