import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

/** Tables without a tenant_id, and why each may be. A new one has to be thought about here. */
const TABLES_WITHOUT_TENANT = ['_prisma_migrations', 'installation', 'tenant'];

let database: TestDatabase;
let client: Client;

beforeAll(async () => {
  database = await createTestDatabase();
  client = new Client({ connectionString: database.superuserUrl });
  await client.connect();
});

afterAll(async () => {
  await client?.end();
  await database?.drop();
});

async function listOf(sql: string, values: unknown[] = []): Promise<string[]> {
  const { rows } = await client.query<{ item: string }>(sql, values);
  return rows.map(({ item }) => item);
}

const TENANT_TABLES = `
  select c.oid, c.relname from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attname = 'tenant_id'
  where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p')`;

test('every table belongs to a tenant, or is one of the few that need not', async () => {
  const others = await listOf(
    `select relname as item from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
     and oid not in (select oid from (${TENANT_TABLES}) t) order by 1`,
  );
  expect(others).toEqual(TABLES_WITHOUT_TENANT);
});

test('row level security is enabled and forced on every table that the application writes', async () => {
  const open = await listOf(
    `select relname as item from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p')
     and relname <> '_prisma_migrations' and not (relrowsecurity and relforcerowsecurity)`,
  );
  expect(open).toEqual([]);
});

test('every table of a tenant has one policy, for all commands, with USING and WITH CHECK on tenant_id', async () => {
  const condition =
    /^\(tenant_id = \( SELECT \(?NULLIF\(current_setting\('app\.tenant_id'::text, true\), ''::text\)\)?::uuid/;
  const { rows } = await client.query<{
    table: string;
    cmd: string;
    using: string;
    check: string;
    count: number;
  }>(
    `select t.relname as table, p.cmd, p.qual as using, p.with_check as check, count(*) over (partition by t.oid)::int
     from (${TENANT_TABLES}) t left join pg_policies p on p.schemaname = 'public' and p.tablename = t.relname`,
  );
  expect(rows.length).toBeGreaterThan(9);
  const wrong = rows.filter(
    ({ cmd, count, using, check }) =>
      cmd !== 'ALL' || count !== 1 || !condition.test(using) || check !== using,
  );
  expect(wrong).toEqual([]);
});

test('tenant_id comes first in every primary key, unique key and index, and in both ends of every foreign key', async () => {
  const indexes = await listOf(
    `select i.indexrelid::regclass::text as item from pg_index i join (${TENANT_TABLES}) t on t.oid = i.indrelid
     where (select attname from pg_attribute where attrelid = i.indrelid and attnum = i.indkey[0]) <> 'tenant_id'`,
  );
  expect(indexes).toEqual([]);
  const foreignKeys = await listOf(
    `select f.conname as item from pg_constraint f
     join pg_attribute near on near.attrelid = f.conrelid and near.attnum = f.conkey[1]
     join pg_attribute far on far.attrelid = f.confrelid and far.attnum = f.confkey[1]
     where f.contype = 'f' and f.connamespace = 'public'::regnamespace
     and not (near.attname = 'tenant_id'
              and (far.attname = 'tenant_id' or (f.confrelid = 'tenant'::regclass and far.attname = 'id')))`,
  );
  expect(foreignKeys).toEqual([]);
});

test('the application role owns nothing, bypasses nothing and may do no more than read and write rows', async () => {
  const { rows } = await client.query(
    `select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolinherit from pg_roles where rolname = 'taxolens_app'`,
  );
  expect(Object.values(rows[0])).toEqual([false, false, false, false, false]);
  expect(
    await listOf(`select relname as item from pg_class where relowner = 'taxolens_app'::regrole`),
  ).toEqual([]);
  const grants = await listOf(
    `select distinct privilege_type as item from information_schema.role_table_grants
     where grantee = 'taxolens_app' and table_schema = 'public' order by 1`,
  );
  expect(grants).toEqual(['DELETE', 'INSERT', 'SELECT', 'UPDATE']);
  const history = await listOf(
    `select privilege_type as item from information_schema.role_table_grants
     where grantee = 'taxolens_app' and table_name = '_prisma_migrations'`,
  );
  expect(history).toEqual(['SELECT']);
  const canCreate = await listOf(
    `select has_schema_privilege('taxolens_app', 'public', 'CREATE')::text as item`,
  );
  expect(canCreate).toEqual(['false']);
});

test('no function runs with the rights of its owner but the one that makes statistics', async () => {
  const definers = await listOf(
    `select proname as item from pg_proc where prosecdef and pronamespace = 'public'::regnamespace`,
  );
  // It gives back nothing and reads no row for its caller.
  expect(definers).toEqual(['analyze_labels']);
});
