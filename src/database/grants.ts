import { escapeIdentifier, type ClientBase } from 'pg';
import { DatabaseSetupError } from './setup-error.ts';

/** Gives the application role exactly what it needs in the schema, whatever it had before. Safe to repeat. */
export async function grantToApplication(client: ClientBase, role: string): Promise<void> {
  const found = await client.query('select from pg_roles where rolname = $1', [role]);
  const name = escapeIdentifier(role);
  if (found.rowCount === 0) {
    throw new DatabaseSetupError(
      `The role ${role} that DATABASE_URL names does not exist. An administrator runs: ` +
        `create role ${name} login nosuperuser nobypassrls noinherit password '...';`,
    );
  }
  const owner = await client.query('select current_user = $1 as same', [role]);
  if (owner.rows[0].same) {
    throw new DatabaseSetupError(
      `DATABASE_URL and TAXOLENS_MIGRATION_DATABASE_URL both name the role ${role}. The owner of tables is not ` +
        'bound by grants: give the application a role of its own.',
    );
  }
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
