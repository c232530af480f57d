import { Client, escapeIdentifier } from 'pg';
import { DatabaseSetupError } from './setup-error.ts';

const OLDEST_VERSION = 14;

interface DangerousRole {
  name: string;
  isSelf: boolean;
  superuser: boolean;
  bypass: boolean;
  owner: boolean;
}

/** Roles that the connected one is or can become, and that policies do not bind. */
const DANGEROUS_ROLES = `
  select r.rolname as name, r.rolname = current_user as "isSelf", r.rolsuper as superuser, r.rolbypassrls as bypass,
         o.owner
  from pg_roles r,
       lateral (select exists (select from pg_class c where c.relowner = r.oid and c.relnamespace = 'public'::regnamespace)
                    or exists (select from pg_namespace n where n.nspowner = r.oid and n.nspname = 'public') as owner) o
  where pg_has_role(current_user, r.oid, 'MEMBER') and (r.rolsuper or r.rolbypassrls or o.owner)
  order by r.rolname = current_user desc, r.rolname = 'pg_database_owner', r.rolname`;

/**
 * Refuses a role that row level security does not bind: superuser, BYPASSRLS, owner of the tables, or a member of
 * such a role. Throws with the SQL that mends it. Also refuses servers older than 14.
 */
export async function checkApplicationRole(applicationUrl: string): Promise<void> {
  const client = new Client({ connectionString: applicationUrl });
  await client.connect();
  try {
    const version = await client.query(`select current_setting('server_version_num')::int / 10000 as major`);
    if (version.rows[0].major < OLDEST_VERSION) {
      throw new DatabaseSetupError(
        `Taxolens needs Postgres ${OLDEST_VERSION} or newer; this is ${version.rows[0].major}.`,
      );
    }
    const user = await client.query<{ name: string }>('select current_user as name');
    const { rows } = await client.query<DangerousRole>(DANGEROUS_ROLES);
    if (rows[0]) throw new DatabaseSetupError(describe(user.rows[0]!.name, rows[0]));
  } finally {
    await client.end();
  }
}

function describe(user: string, role: DangerousRole): string {
  const name = escapeIdentifier(user);
  const opening = `DATABASE_URL connects as ${user}, whom row level security does not bind:`;
  if (role.name === 'pg_database_owner') {
    return `${opening} it owns the database. Run: alter database ... owner to another role;`;
  }
  if (!role.isSelf) {
    return `${opening} it is a member of ${role.name}. Run: revoke ${escapeIdentifier(role.name)} from ${name};`;
  }
  if (role.superuser) {
    return `${opening} it is a superuser. Run: alter role ${name} nosuperuser nobypassrls; or use another role.`;
  }
  if (role.bypass) return `${opening} it has BYPASSRLS. Run: alter role ${name} nobypassrls;`;
  return (
    `${opening} it owns the schema or tables in it. Use it for TAXOLENS_MIGRATION_DATABASE_URL and another one here: ` +
    `create role taxolens_app login nosuperuser nobypassrls noinherit password '...';`
  );
}
