import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPrisma } from '../../src/database/connect.ts';
import type { PrismaClient } from '../../src/database/generated/client.ts';
import { createTenantDb, type TenantDb } from '../../src/tenancy/tenant-db.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { silentLogger } from '../support/silent-logger.ts';

const [alice, bob] = [randomUUID(), randomUUID()];
const taxonomyOf = { [alice]: randomUUID(), [bob]: randomUUID() };
const statements: string[] = [];
let database: TestDatabase;
let prisma: PrismaClient;
let db: TenantDb;

beforeAll(async () => {
  database = await createTestDatabase();
  // One connection: what one transaction leaves behind, the next would find.
  prisma = createPrisma({
    url: database.applicationUrl,
    logger: silentLogger,
    poolSize: 1,
    maxWaitMs: 30_000,
    onQuery: (sql) => statements.push(sql),
  });
  db = createTenantDb(prisma);
  for (const tenantId of [alice, bob]) {
    await db.withOperator((tx) => tx.tenant.create({ data: { id: tenantId, name: tenantId } }));
    await db.withTenant(tenantId, (tx) => tx.taxonomy.create({ data: taxonomy(tenantId) }));
  }
});

afterAll(async () => {
  await prisma?.$disconnect();
  await database?.drop();
});

function taxonomy(tenantId: string) {
  return { tenantId, id: taxonomyOf[tenantId]!, name: 'animals', modelId: 'm', defaultLanguage: 'en' };
}

test('a tenant sees its own rows and no others', async () => {
  const rows = await db.withTenant(alice, (tx) => tx.taxonomy.findMany());
  expect(rows.map((row) => row.tenantId)).toEqual([alice]);
  const foreign = { tenantId_id: { tenantId: bob, id: taxonomyOf[bob]! } };
  expect(await db.withTenant(alice, (tx) => tx.taxonomy.findUnique({ where: foreign }))).toBeNull();
  expect(await db.withTenant(alice, (tx) => tx.tenant.findMany())).toMatchObject([{ id: alice }]);
});

test('without a tenant there are no rows, not even after a transaction that had one', async () => {
  await db.withTenant(alice, (tx) => tx.taxonomy.count());
  expect(await prisma.taxonomy.count()).toBe(0);
  expect(await prisma.tenant.count()).toBe(0);
  expect(await prisma.installation.count()).toBe(0);
});

test('changes and deletions do not reach rows of another tenant', async () => {
  const changed = await db.withTenant(alice, (tx) =>
    tx.taxonomy.updateMany({ where: { tenantId: bob }, data: { name: 'stolen' } }),
  );
  const deleted = await db.withTenant(alice, (tx) => tx.taxonomy.deleteMany({ where: { tenantId: bob } }));
  expect([changed.count, deleted.count]).toEqual([0, 0]);
  const foreign = { tenantId_id: { tenantId: bob, id: taxonomyOf[bob]! } };
  const update = db.withTenant(alice, (tx) =>
    tx.taxonomy.update({ where: foreign, data: { name: 'stolen' } }),
  );
  await expect(update).rejects.toMatchObject({ code: 'P2025' });
});

test('a row cannot be written for another tenant, nor given to one', async () => {
  const insert = db.withTenant(alice, (tx) =>
    tx.taxonomy.create({ data: { ...taxonomy(bob), id: randomUUID(), name: 'planted' } }),
  );
  await expect(insert).rejects.toThrow(/row-level security/);
  const gift = db.withTenant(alice, (tx) => tx.taxonomy.updateMany({ data: { tenantId: bob } }));
  await expect(gift).rejects.toThrow(/row-level security/);
});

test('a row cannot point at one of another tenant', async () => {
  const pointing = db.withTenant(alice, (tx) =>
    tx.taxonomyVersion.create({
      data: {
        tenantId: alice,
        id: randomUUID(),
        taxonomyId: taxonomyOf[bob]!,
        number: 0,
        state: 'DRAFT',
        modelId: 'm',
        modelRevision: 'r',
        defaultLanguage: 'en',
      },
    }),
  );
  await expect(pointing).rejects.toMatchObject({ code: 'P2003' });
});

test('names are unique within a tenant only', async () => {
  expect(await db.withTenant(bob, (tx) => tx.taxonomy.findMany())).toMatchObject([{ name: 'animals' }]);
  const second = db.withTenant(bob, (tx) =>
    tx.taxonomy.create({ data: { ...taxonomy(bob), id: randomUUID() } }),
  );
  await expect(second).rejects.toMatchObject({ code: 'P2002' });
});

test('raw SQL and joins are bound like everything else', async () => {
  const rows = await db.withTenant(
    alice,
    (tx) => tx.$queryRaw<{ tenant_id: string }[]>`
    select t.tenant_id from taxonomy t full join tenant on true`,
  );
  expect(rows).toEqual([{ tenant_id: alice }]);
});

test('a tenant id that is no uuid finds nothing and breaks nothing', async () => {
  const rejected = db.withTenant(`' or true --`, (tx) => tx.taxonomy.count());
  await expect(rejected).rejects.toThrow(/uuid/);
  expect(await db.withTenant(alice, (tx) => tx.taxonomy.count())).toBe(1);
});

test('a tenant can neither make, remove nor see tenants, nor the installation', async () => {
  const make = db.withTenant(alice, (tx) => tx.tenant.create({ data: { id: randomUUID(), name: 'new' } }));
  await expect(make).rejects.toThrow(/row-level security/);
  expect(await db.withTenant(alice, (tx) => tx.tenant.deleteMany())).toEqual({ count: 0 });
  await expect(db.withTenant(alice, (tx) => tx.installation.create({ data: {} }))).rejects.toThrow(
    /row-level security/,
  );
  expect(
    await db.withTenant(alice, (tx) => tx.tenant.update({ where: { id: alice }, data: { name: 'Alice' } })),
  ).toMatchObject({ name: 'Alice' });
});

test('the operator sees every tenant, but the rows only of the one it names', async () => {
  const seen = await db.withOperator(async (tx) => [await tx.tenant.count(), await tx.taxonomy.count()]);
  expect(seen).toEqual([2, 0]);
  const named = await db.withOperator((tx) => tx.taxonomy.findMany(), { tenantId: bob });
  expect(named.map((row) => row.tenantId)).toEqual([bob]);
  // The next user of the connection is no operator.
  expect(await db.withTenant(alice, (tx) => tx.tenant.count())).toBe(1);
});

test('what fails leaves nothing behind, and the error of the work comes through', async () => {
  const failing = db.withTenant(alice, async (tx) => {
    await tx.taxonomy.updateMany({ data: { description: 'half done' } });
    throw new RangeError('mine');
  });
  await expect(failing).rejects.toThrow(RangeError);
  expect(await db.withTenant(alice, (tx) => tx.taxonomy.findFirst())).toMatchObject({ description: null });
});

test('a transaction costs two statements beside its own', async () => {
  statements.length = 0;
  await db.withTenant(alice, (tx) => tx.taxonomy.count());
  expect(statements).toHaveLength(3);
});

test('a pool without a free connection is OVERLOADED, with a time to come back', async () => {
  const small = createPrisma({
    url: database.applicationUrl,
    logger: silentLogger,
    poolSize: 1,
    maxWaitMs: 2_000,
  });
  const crowded = createTenantDb(small);
  const entered = Promise.withResolvers<void>();
  const release = Promise.withResolvers<void>();
  const holding = crowded.withTenant(alice, async () => {
    entered.resolve();
    await release.promise;
  });
  await entered.promise;
  const waiting = crowded.withTenant(bob, (tx) => tx.taxonomy.count());
  await expect(waiting).rejects.toMatchObject({ code: 'OVERLOADED', retryAfterMs: 1_000 });
  release.resolve();
  await holding;
  await small.$disconnect();
});
