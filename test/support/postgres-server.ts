import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Client } from 'pg';
import type { TestProject } from 'vitest/node';
import { loadCredentials, ROLES, socketUrl } from '../../src/database/embedded/credentials.ts';
import { startEmbeddedPostgres } from '../../src/database/embedded-postgres.ts';
import { migrate } from '../../src/database/migrate.ts';
import { silentLogger } from './silent-logger.ts';

/** The one Postgres of a test run. URLs of the database `taxolens`, which is the template of all others. */
export interface TestPostgres {
  ownerUrl: string;
  applicationUrl: string;
  /** For making databases and roles, which the owner may not. */
  superuserUrl: string;
}

declare module 'vitest' {
  interface ProvidedContext {
    postgres: TestPostgres;
  }
}

/** Vitest's global setup: starts Postgres once and migrates the template. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'taxolens-test-'));
  await chmod(dataDir, 0o711); // as root, Postgres runs under another user, who must get in
  const server = await startEmbeddedPostgres({ dataDir, logger: silentLogger, durability: 'test' });
  const { ownerUrl, applicationUrl } = server;
  await migrate({ ownerUrl, applicationUrl, logger: silentLogger });
  const superuserUrl = socketUrl({
    role: ROLES.superuser,
    password: loadCredentials(path.join(dataDir, 'postgres'), true).superuser,
    database: 'postgres',
    socketDir: new URL(ownerUrl).searchParams.get('host')!,
  });
  // A template may have no connection: whoever still holds one is done.
  const client = new Client({ connectionString: superuserUrl });
  await client.connect();
  await client.query(`select pg_terminate_backend(pid) from pg_stat_activity where datname = 'taxolens'`);
  await client.end();
  project.provide('postgres', { ownerUrl, applicationUrl, superuserUrl });
  return async () => {
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
  };
}
