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
    `it is a superuser. Mend it: alter role "${role}" nosuperuser;`,
  );
});

test('a role with BYPASSRLS is refused', async () => {
  await asSuperuser(`alter role ${role} bypassrls`);
  await expect(checkApplicationRole(url)).rejects.toThrow(`Mend it: alter role "${role}" nobypassrls;`);
});

test('the owner of the schema, and of a single table, is refused', async () => {
  await expect(checkApplicationRole(database.ownerUrl)).rejects.toThrow(
    /taxolens_owner.*it owns the database, the schema or tables/,
  );
  await withClient(database.superuserUrl, (client) => client.query(`alter table label owner to ${role}`));
  await expect(checkApplicationRole(url)).rejects.toThrow(/it owns the database, the schema or tables/);
});

test('a member of a role that is refused is refused too, even without inheriting', async () => {
  await asSuperuser(`grant taxolens_owner to ${role}`);
  await expect(checkApplicationRole(url)).rejects.toThrow(
    `it is a member of taxolens_owner, which owns the database, the schema or tables of tenants. Mend it: revoke "taxolens_owner" from "${role}";`,
  );
});

test.each([
  ['replication', 'noreplication'],
  ['createrole', 'nocreaterole'],
])('a role with %s is refused', async (attribute, mend) => {
  await asSuperuser(`alter role ${role} ${attribute}`);
  await expect(checkApplicationRole(url)).rejects.toThrow(`Mend it: alter role "${role}" ${mend};`);
});

test.each(['pg_read_server_files', 'pg_execute_server_program'])(
  'a member of %s is refused',
  async (group) => {
    await asSuperuser(`grant ${group} to ${role}`);
    await expect(checkApplicationRole(url)).rejects.toThrow(`Mend it: revoke "${group}" from "${role}";`);
  },
);

test('the owner of a table with tenant_id in another schema is refused', async () => {
  await withClient(database.superuserUrl, (client) =>
    client.query(
      `create schema copies; create table copies.label (tenant_id uuid); alter table copies.label owner to ${role}`,
    ),
  );
  await expect(checkApplicationRole(url)).rejects.toThrow(/it owns the database, the schema or tables/);
});
