import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { checkApplicationRole } from '../../src/database/check-role.ts';
import { asSuperuser, createTestDatabase, withClient, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
/** A role of this test only: roles belong to the whole server. */
let role: string;
let url: string;

beforeAll(async () => {
  database = await createTestDatabase();
});

afterAll(() => database?.drop());

beforeEach(async () => {
  role = `role_${randomBytes(4).toString('hex')}`;
  await asSuperuser(`create role ${role} login nosuperuser nobypassrls noinherit password 'secret'`);
  await withClient(database.superuserUrl, (client) =>
    client.query(
      `do $$ begin execute format('grant connect on database %I to ${role}', current_database()); end $$`,
    ),
  );
  const changed = new URL(database.applicationUrl);
  changed.username = role;
  changed.password = 'secret';
  url = changed.href;
});

afterEach(() =>
  withClient(database.superuserUrl, (client) =>
    client.query(`reassign owned by ${role} to taxolens_owner; drop owned by ${role}; drop role ${role}`),
  ),
);

test('the role of the application is accepted', async () => {
  await expect(checkApplicationRole(database.applicationUrl)).resolves.toBeUndefined();
  await expect(checkApplicationRole(url)).resolves.toBeUndefined();
});

test('a superuser is refused, with the SQL that mends it', async () => {
  await asSuperuser(`alter role ${role} superuser`);
  await expect(checkApplicationRole(url)).rejects.toThrow(
    `it is a superuser. Run: alter role "${role}" nosuperuser nobypassrls;`,
  );
});

test('a role with BYPASSRLS is refused', async () => {
  await asSuperuser(`alter role ${role} bypassrls`);
  await expect(checkApplicationRole(url)).rejects.toThrow(`Run: alter role "${role}" nobypassrls;`);
});

test('the owner of the schema, and of a single table, is refused', async () => {
  await expect(checkApplicationRole(database.ownerUrl)).rejects.toThrow(
    /taxolens_owner.*it owns the schema or tables/,
  );
  await withClient(database.superuserUrl, (client) => client.query(`alter table label owner to ${role}`));
  await expect(checkApplicationRole(url)).rejects.toThrow(/it owns the schema or tables/);
});

test('a member of a role that is refused is refused too, even without inheriting', async () => {
  await asSuperuser(`grant taxolens_owner to ${role}`);
  await expect(checkApplicationRole(url)).rejects.toThrow(
    `it is a member of taxolens_owner. Run: revoke "taxolens_owner" from "${role}";`,
  );
});
