import { escapeIdentifier, type ClientBase, type DatabaseError } from 'pg';
import { PgBoss } from 'pg-boss';
import { DatabaseSetupError } from './setup-error.ts';

/** The role that owns the job queue's tables. Nobody logs in as it; the queue's own pool takes it on. */
export const QUEUE_ROLE = 'taxolens_queue';
/** The schema of the job queue. */
export const QUEUE_SCHEMA = 'pgboss';

/** The URL of a role that may become the queue's role, made to do so when it connects. */
export function asQueueUrl(url: string): string {
  const changed = new URL(url);
  const others = changed.searchParams.get('options');
  changed.searchParams.set('options', `${others ? `${others} ` : ''}-c role=${QUEUE_ROLE}`);
  return changed.href;
}

/**
 * What `send` needs when it runs inside a transaction of the application role, and no more: the job's
 * INSERT, the two columns that it returns (a payload of another tenant's job stays unreadable), and the defaults of
 * its queue. Everything else happens on the queue's own connections.
 */
const SEND_GRANTS = (role: string) => `
  grant usage on schema ${QUEUE_SCHEMA} to ${role};
  revoke all on all tables in schema ${QUEUE_SCHEMA} from ${role};
  grant select on ${QUEUE_SCHEMA}.queue to ${role};
  grant insert, select (id, start_after) on ${QUEUE_SCHEMA}.job_common to ${role};`;

/** Makes the queue's tables in a schema of their own, and the grants on them. Safe to repeat. */
export async function prepareQueueSchema(
  client: ClientBase,
  { ownerUrl, applicationRole }: { ownerUrl: string; applicationRole: string },
): Promise<void> {
  await client.query(`create schema if not exists ${QUEUE_SCHEMA} authorization ${QUEUE_ROLE}`);
  await installTables(ownerUrl);
  const grants = SEND_GRANTS(escapeIdentifier(applicationRole));
  await client.query(`begin; set local role ${QUEUE_ROLE}; ${grants} commit`);
}

/**
 * Makes the queue's role and lets both others take it on. Throws with the SQL for an administrator where the owner
 * may not make roles.
 */
export async function prepareQueueRole(client: ClientBase, applicationRole: string): Promise<void> {
  const { rows } = await client.query<{ version: number; exists: boolean; member: boolean; usable: boolean }>(
    `select current_setting('server_version_num')::int as version, r.oid is not null as exists,
            coalesce(pg_has_role($2, r.oid, 'MEMBER'), false) as member,
            coalesce(pg_has_role(current_user, r.oid, 'MEMBER'), false) as usable
     from (select to_regrole($1)::oid as oid) r`,
    [QUEUE_ROLE, applicationRole],
  );
  const { version, exists, member, usable } = rows[0]!;
  const statements = [
    ...(exists ? [] : [`create role ${QUEUE_ROLE} nologin nosuperuser nobypassrls noinherit`]),
    // The application's own connections must not have the queue's rights by themselves.
    ...(member
      ? []
      : [
          `grant ${QUEUE_ROLE} to ${escapeIdentifier(applicationRole)}${version >= 160_000 ? ' with inherit false' : ''}`,
        ]),
    ...(exists && usable ? [] : [`grant ${QUEUE_ROLE} to current_user`]),
  ];
  try {
    for (const statement of statements) await client.query(statement);
  } catch (error) {
    if ((error as DatabaseError).code !== '42501') throw error;
    const user = await client.query('select current_user as name');
    const sql = statements.map((one) => one.replace('current_user', escapeIdentifier(user.rows[0].name)));
    throw new DatabaseSetupError(
      `The owner may not create the job queue's role. An administrator runs once: ${sql.join('; ')};`,
      { cause: error },
    );
  }
}

/** Lets pg-boss make or migrate its tables; does nothing but look when they are current. */
async function installTables(ownerUrl: string): Promise<void> {
  const boss = new PgBoss({
    connectionString: asQueueUrl(ownerUrl),
    schema: QUEUE_SCHEMA,
    createSchema: false,
    supervise: false,
    schedule: false,
    max: 2,
  });
  boss.on('error', () => {}); // what matters is thrown by start
  await boss.start();
  await boss.stop({ graceful: false });
}
