import { Client, escapeIdentifier } from 'pg';
import { DatabaseSetupError } from './setup-error.ts';

const OLDEST_VERSION = 14;

/** What lets a role past row level security, and the SQL that takes it away; `name` and `role` are quoted. */
const DANGERS = {
  superuser: { what: 'is a superuser', mend: (role: string) => `alter role ${role} nosuperuser;` },
  bypassrls: { what: 'has BYPASSRLS', mend: (role: string) => `alter role ${role} nobypassrls;` },
  replication: {
    what: 'has REPLICATION, which reads every row',
    mend: (role: string) => `alter role ${role} noreplication;`,
  },
  createrole: {
    what: 'has CREATEROLE, by which it can become another role',
    mend: (role: string) => `alter role ${role} nocreaterole;`,
  },
  owner: {
    what: 'owns the database, the schema or tables of tenants',
    mend: () =>
      'use it for TAXOLENS_MIGRATION_DATABASE_URL, and another one here: create role taxolens_app login ' +
      "nosuperuser nobypassrls noinherit password '...';",
  },
  files: {
    what: 'reads or runs files of the server',
    mend: (role: string, self: string) => `revoke ${role} from ${self};`,
  },
} as const;

type Danger = keyof typeof DANGERS;

/** Roles that the connected one is or can become, and why policies do not bind them. Itself first. */
const DANGEROUS_ROLES = `
  with tenant_table as (
    select c.relowner as owner from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p') and (n.nspname = 'public' or exists (
      select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id' and not a.attisdropped))
  ), judged as (
    select r.rolname as name, r.rolname = current_user as "isSelf",
      case
        when r.rolsuper then 'superuser'
        when r.rolbypassrls then 'bypassrls'
        when r.rolname = 'pg_database_owner' or exists (select from tenant_table t where t.owner = r.oid)
          or exists (select from pg_namespace n where n.nspowner = r.oid and n.nspname = 'public') then 'owner'
        when r.rolreplication then 'replication'
        when r.rolcreaterole then 'createrole'
        when r.rolname in ('pg_read_server_files', 'pg_write_server_files', 'pg_execute_server_program') then 'files'
      end as danger
    from pg_roles r where pg_has_role(current_user, r.oid, 'MEMBER')
  )
  select * from judged where danger is not null
  order by "isSelf" desc, name = 'pg_database_owner', name`;

interface DangerousRole {
  name: string;
  isSelf: boolean;
  danger: Danger;
}

/**
 * Refuses a role that row level security does not bind, or that can make or become one: see DANGERS. Throws with the SQL that mends it. Also refuses servers older than 14.
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

function describe(self: string, { name, isSelf, danger }: DangerousRole): string {
  const { what, mend } = DANGERS[danger];
  const opening = `DATABASE_URL connects as ${self}, whom row level security does not bind:`;
  if (isSelf || danger === 'files') {
    return `${opening} it ${what}. Mend it: ${mend(escapeIdentifier(name), escapeIdentifier(self))}`;
  }
  if (name === 'pg_database_owner') {
    return `${opening} it owns the database. Mend it: alter database ... owner to another role;`;
  }
  return (
    `${opening} it is a member of ${name}, which ${what}. ` +
    `Mend it: revoke ${escapeIdentifier(name)} from ${escapeIdentifier(self)};`
  );
}
