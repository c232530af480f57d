import { Client } from 'pg';
import { DatabaseSetupError } from './setup-error.ts';

interface Setting {
  name: string;
  /** Where it was set: `configuration file`, `command line`, `user`, `database`... */
  source: string;
}

/** What Postgres must not be without for an acknowledged write to outlive a crash of the machine. */
const SETTINGS_THAT_ARE_OFF = `
  select name, source from pg_settings
  where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting = 'off'
  order by name`;

/**
 * Refuses a server that acknowledges what it may lose: fsync, full_page_writes or synchronous_commit is off, for the
 * server, the database or this role. Throws DatabaseSetupError with the SQL that mends it.
 */
export async function checkDurability(applicationUrl: string): Promise<void> {
  const client = new Client({ connectionString: applicationUrl });
  await client.connect();
  try {
    const { rows } = await client.query<Setting>(SETTINGS_THAT_ARE_OFF);
    if (rows.length > 0) throw new DatabaseSetupError(describe(rows));
  } finally {
    await client.end();
  }
}

function describe(settings: Setting[]): string {
  const list = settings.map(({ name, source }) => `${name} (set by: ${source})`).join(', ');
  const statements = settings.map(({ name }) => `alter system set ${name} = on;`).join(' ');
  return (
    `The Postgres server may lose what it acknowledged, for this is off: ${list}. An administrator runs: ` +
    `${statements} select pg_reload_conf(); and takes back what sets it otherwise (command line, alter role, alter database).`
  );
}
