import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { migrate } from '../../../src/database/migrate.ts';
import { MIGRATIONS_DIR, readMigrations } from '../../../src/database/migrations.ts';
import { assertSchemaCurrent } from '../../../src/database/schema-state.ts';
import { createTestDatabase, withClient, type TestDatabase } from '../../support/database.ts';
import { silentLogger } from '../../support/silent-logger.ts';

let database: TestDatabase;
let migrationsDir: string;

beforeEach(async () => {
  database = await createTestDatabase({ migrated: false });
  migrationsDir = await mkdtemp(path.join(tmpdir(), 'taxolens-migrations-'));
  await cp(MIGRATIONS_DIR, migrationsDir, { recursive: true });
});

afterEach(async () => {
  await database.drop();
  await rm(migrationsDir, { recursive: true, force: true });
});

function migrateHere(overrides: { ownerUrl?: string; applicationUrl?: string } = {}): Promise<string[]> {
  const { ownerUrl, applicationUrl } = database;
  return migrate({ ownerUrl, applicationUrl, logger: silentLogger, migrationsDir, ...overrides });
}

async function writeMigration(name: string, sql: string): Promise<void> {
  await mkdir(path.join(migrationsDir, name), { recursive: true });
  await writeFile(path.join(migrationsDir, name, 'migration.sql'), sql);
}

async function history(): Promise<{ migration_name: string; finished: boolean; logs: string | null }[]> {
  return withClient(database.ownerUrl, async (client) => {
    const { rows } = await client.query(
      `select migration_name, finished_at is not null as finished, logs from _prisma_migrations order by started_at`,
    );
    return rows;
  });
}

test('a fresh database gets every migration, in order, and a second run finds nothing to do', async () => {
  const names = (await readMigrations()).map(({ name }) => name);
  expect(await migrateHere()).toEqual(names);
  expect(await migrateHere()).toEqual([]);
  expect((await history()).map((row) => row.migration_name)).toEqual(names);
  await expect(assertSchemaCurrent(database.applicationUrl)).resolves.toBeUndefined();
});

test('two at once do the work once', async () => {
  const [one, other] = await Promise.all([migrateHere(), migrateHere()]);
  expect([one.length, other.length].toSorted()).toEqual([0, (await readMigrations()).length]);
});

test('an edited migration is refused', async () => {
  await migrateHere();
  const [first] = await readMigrations();
  await writeMigration(first!.name, `${first!.sql}\n-- an afterthought`);
  await expect(migrateHere()).rejects.toThrow(`${first!.name} was edited after it was applied`);
});

test('a migration of a newer version is refused', async () => {
  await writeMigration('20990101000000_future', 'select 1');
  await migrateHere();
  await rm(path.join(migrationsDir, '20990101000000_future'), { recursive: true });
  await expect(migrateHere()).rejects.toThrow(
    /20990101000000_future, which this version of Taxolens does not know/,
  );
});

test('a failed migration leaves nothing of itself but a note, and is tried again', async () => {
  await migrateHere();
  await writeMigration('20990101000000_broken', 'create table leftover (id int); select no_such_function();');
  await expect(migrateHere()).rejects.toThrow(
    /20990101000000_broken failed and was rolled back.*no_such_function/,
  );
  expect((await history()).at(-1)).toMatchObject({
    finished: false,
    logs: expect.stringContaining('no_such_function'),
  });
  const leftover = await withClient(database.ownerUrl, (client) =>
    client.query(`select to_regclass('leftover') as it`),
  );
  expect(leftover.rows[0].it).toBeNull();

  await writeMigration('20990101000000_broken', 'select 1');
  expect(await migrateHere()).toEqual(['20990101000000_broken']);
});

test('a migration that another tool left half done is refused, with the command that settles it', async () => {
  await migrateHere();
  await withClient(database.ownerUrl, (client) =>
    client.query(`update _prisma_migrations set finished_at = null where migration_name like '%_isolation'`),
  );
  await expect(migrateHere()).rejects.toThrow(/update _prisma_migrations set rolled_back_at/);
});

test('checksums are those of the bytes, as Prisma computes them', async () => {
  const [first] = await readMigrations();
  const bytes = await readFile(path.join(MIGRATIONS_DIR, first!.name, 'migration.sql'));
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  expect(first!.checksum).toBe(Buffer.from(digest).toString('hex'));
});

test('without the owner a process is told which command brings the schema up to date', async () => {
  await expect(assertSchemaCurrent(database.applicationUrl)).rejects.toThrow(
    /lacks \d+ migration\(s\).*node bin\/taxolens\.mjs migrate/,
  );
});

test('the application must not be the owner, and must exist', async () => {
  await expect(migrateHere({ applicationUrl: database.ownerUrl })).rejects.toThrow(
    /give the application a role of its own/,
  );
  const unknown = database.applicationUrl.replace('taxolens_app', 'nobody_here');
  await expect(migrateHere({ applicationUrl: unknown })).rejects.toThrow(/create role "nobody_here" login/);
});
