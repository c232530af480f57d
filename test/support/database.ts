import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { inject } from 'vitest';

export interface TestDatabase {
  /** The role that requests run under. */
  applicationUrl: string;
  /** The role that owns the schema. */
  ownerUrl: string;
  /** Bound by nothing: for what a test must see or break behind the application's back. */
  superuserUrl: string;
  /** Ends its connections and removes it. */
  drop(): Promise<void>;
}

/** Makes a database of its own for a test file, migrated and empty (about 30 ms). */
export async function createTestDatabase(options: { migrated?: boolean } = {}): Promise<TestDatabase> {
  const server = inject('postgres');
  const name = `test_${randomBytes(6).toString('hex')}`;
  const template = (options.migrated ?? true) ? 'taxolens' : 'template0';
  await asSuperuser(`create database ${name} template ${template} owner taxolens_owner`);
  await asSuperuser(
    `revoke all on database ${name} from public; grant connect on database ${name} to taxolens_app`,
  );
  return {
    applicationUrl: inDatabase(server.applicationUrl, name),
    ownerUrl: inDatabase(server.ownerUrl, name),
    superuserUrl: inDatabase(server.superuserUrl, name),
    drop: () => asSuperuser(`drop database if exists ${name} with (force)`),
  };
}

/** Runs SQL as the superuser, outside any test database. */
export async function asSuperuser(sql: string): Promise<void> {
  await withClient(inject('postgres').superuserUrl, (client) => client.query(sql));
}

/** Opens a connection for the time of `work`. */
export async function withClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  client.on('error', () => {}); // the server may go while a test holds the connection
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The same server and role, another database. */
export function inDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}
