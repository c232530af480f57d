import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPrisma } from '../../src/database/connect.ts';
import type { PrismaClient } from '../../src/database/generated/client.ts';
import { createTenantDb, type TenantDb, type Tx } from '../../src/tenancy/tenant-db.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { seededInteger } from '../support/list-tree.ts';
import { silentLogger } from '../support/silent-logger.ts';

/** POOL_QUERIES=100000 makes the long run of it. */
const QUERIES = Number(process.env.POOL_QUERIES ?? 4_000);
const CONCURRENT = 24;
const POOL = { poolSize: 4, maxWaitMs: 60_000 };
const ROWS = 3;
/** A connection is cancelled or cut after so many transactions. */
const BREAK_EVERY = 150;

const tenants = Array.from({ length: 4 }, () => randomUUID());
const integer = seededInteger(7);
let database: TestDatabase;
let superuser: Client;
let prisma: PrismaClient;
let db: TenantDb;

beforeAll(async () => {
  database = await createTestDatabase();
  superuser = new Client({ connectionString: database.superuserUrl });
  await superuser.connect();
  prisma = createPrisma({
    url: database.applicationUrl,
    logger: silentLogger,
    ...POOL,
  });
  db = createTenantDb(prisma, POOL);
  for (const tenantId of tenants) {
    await db.withOperator((tx) => tx.tenant.create({ data: { id: tenantId, name: tenantId } }));
    const rows = Array.from({ length: ROWS }, (_, i) => ({
      tenantId,
      id: randomUUID(),
      name: `taxonomy ${i}`,
      modelId: 'm',
      defaultLanguage: 'en',
    }));
    await db.withTenant(tenantId, (tx) => tx.taxonomy.createMany({ data: rows }));
  }
});
afterAll(async () => {
  await prisma?.$disconnect();
  await superuser?.end();
  await database?.drop();
});

interface Seen {
  queries: number;
  foreign: number;
  missing: number;
  aborted: number;
}

/** Reads in one of three ways, and counts what it should not have seen. */
async function read(tx: Tx, tenantId: string, seen: Seen): Promise<void> {
  seen.queries += 1;
  const way = integer(3);
  const owners =
    way === 0
      ? (await tx.taxonomy.findMany()).map((row) => row.tenantId)
      : way === 1
        ? (await tx.$queryRaw<{ tenant_id: string }[]>`select tenant_id::text from taxonomy`).map(
            (row) => row.tenant_id,
          )
        : (await tx.taxonomy.findMany({ where: { tenantId: { in: tenants } } })).map((row) => row.tenantId);
  seen.foreign += owners.filter((owner) => owner !== tenantId).length;
  if (owners.length !== ROWS) seen.missing += 1;
}

/** A transaction of one to four reads, which ends as transactions end: by itself, or torn off somewhere. */
async function transact(seen: Seen): Promise<void> {
  const tenantId = tenants[integer(tenants.length)]!;
  const reads = 1 + integer(4);
  const abortAfter = integer(4) === 0 ? integer(reads + 1) : Infinity;
  await db.withTenant(tenantId, async (tx) => {
    for (let i = 0; i < reads; i += 1) {
      if (i === abortAfter) await tearOff(tx);
      await read(tx, tenantId, seen);
    }
    if (abortAfter === reads) await tearOff(tx);
  });
}

async function tearOff(tx: Tx): Promise<void> {
  const way = integer(3);
  if (way === 0) throw new Error('the caller gave up');
  if (way === 1) await tx.$queryRaw`select 1 / 0`;
  await tx.$executeRaw`select set_config('statement_timeout', '1', true)`;
  await tx.$queryRaw`select pg_sleep(1)::text`;
}

/** What a restart of the server or an impatient administrator does. */
async function breakConnection(): Promise<void> {
  const stop = integer(2) === 0 ? 'pg_cancel_backend' : 'pg_terminate_backend';
  await superuser.query(
    `select ${stop}(pid) from pg_stat_activity
     where datname = current_database() and pid <> pg_backend_pid() and usename = 'taxolens_app' limit 1`,
  );
}

test(`${QUERIES} queries of a pool whose transactions are torn off see no row of another tenant`, async () => {
  const seen: Seen = { queries: 0, foreign: 0, missing: 0, aborted: 0 };
  let transactions = 0;
  const work = async () => {
    while (seen.queries < QUERIES) {
      await transact(seen).catch(() => void (seen.aborted += 1));
      transactions += 1;
      if (transactions % BREAK_EVERY === 0) await breakConnection();
    }
  };
  await Promise.all(Array.from({ length: CONCURRENT }, work));
  console.log(`${JSON.stringify(seen)} in ${transactions} transactions`);
  expect({ foreign: seen.foreign, missing: seen.missing }).toEqual({ foreign: 0, missing: 0 });
  expect(seen.aborted).toBeGreaterThan(transactions / 10);
  // And what is left in the pool belongs to nobody.
  const left = await Promise.all(Array.from({ length: 50 }, () => prisma.taxonomy.count()));
  expect(new Set(left)).toEqual(new Set([0]));
}, 3_600_000);
