import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPrisma } from '../../src/database/connect.ts';
import type { PrismaClient } from '../../src/database/generated/client.ts';
import { idempotently, type Complete } from '../../src/tenancy/idempotency.ts';
import { createTenantDb, type TenantDb } from '../../src/tenancy/tenant-db.ts';
import { createTestDatabase, withClient, type TestDatabase } from '../support/database.ts';
import { silentLogger } from '../support/silent-logger.ts';

/** All of 50 requests at once get a connection some time. */
const POOL = { poolSize: 10, maxWaitMs: 30_000 };
const tenantId = '0190a000-0000-7000-8000-000000000001';
let database: TestDatabase;
let prisma: PrismaClient;
let db: TenantDb;

beforeAll(async () => {
  database = await createTestDatabase();
  prisma = createPrisma({ url: database.applicationUrl, logger: silentLogger, ...POOL });
  db = createTenantDb(prisma, POOL);
  await db.withOperator((tx) => tx.tenant.create({ data: { id: tenantId, name: 'tenant' } }));
});
afterAll(async () => {
  await prisma?.$disconnect();
  await database?.drop();
});

/** The real effect that a test counts: a rename of the tenant, in the transaction of `complete`. */
let effects = 0;
async function rename(complete: Complete): Promise<string> {
  await db.withTenant(tenantId, async (tx) => {
    await tx.tenant.update({ where: { id: tenantId }, data: { name: `renamed ${effects + 1}` } });
    await complete(tx, { answer: effects + 1 });
  });
  effects += 1;
  return `ran ${effects}`;
}
const replay = async (response: unknown) => `replayed ${JSON.stringify(response)}`;
const run = (key: string, work = rename, input: unknown = 'same') =>
  idempotently(db, tenantId, { key, operation: 'rename', input }, { work, replay });

const expireLease = (key: string) =>
  withClient(database.superuserUrl, (client) =>
    client.query(`update idempotency_key set lease_until = now() - interval '1 second' where key = $1`, [
      key,
    ]),
  );

describe('an idempotency key', () => {
  it('lets one of 50 requests at once run, and tells the others to come back', async () => {
    effects = 0;
    const answers = await Promise.allSettled(Array.from({ length: 50 }, () => run('at-once')));
    const codes = answers.map((answer) =>
      answer.status === 'fulfilled' ? answer.value : (answer.reason as { code: string }).code,
    );
    expect(effects).toBe(1);
    expect(codes.filter((code) => code === 'ran 1')).toHaveLength(1);
    const others = new Set(codes.filter((code) => code !== 'ran 1'));
    expect(
      [...others].every((code) => code === 'IDEMPOTENCY_IN_PROGRESS' || code === 'replayed {"answer":1}'),
    ).toBe(true);
  });

  it('gives the first answer again, and refuses another input', async () => {
    effects = 0;
    expect(await run('again')).toBe('ran 1');
    expect(await run('again')).toBe('replayed {"answer":1}');
    await expect(run('again', rename, 'other')).rejects.toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
    expect(effects).toBe(1);
  });

  it('takes an input whose keys stand in another order for the same one', async () => {
    effects = 0;
    const input = { image: { reference: 'x', metadata: { a: 1, b: [{ c: 2, d: 3 }] } } };
    const reordered = { image: { metadata: { b: [{ d: 3, c: 2 }], a: 1 }, reference: 'x' } };
    expect(await run('order', rename, input)).toBe('ran 1');
    expect(await run('order', rename, reordered)).toBe('replayed {"answer":1}');
    const other = { image: { metadata: { a: 1, b: [{ c: 3, d: 2 }] }, reference: 'x' } };
    await expect(run('order', rename, other)).rejects.toMatchObject({ code: 'IDEMPOTENCY_CONFLICT' });
  });

  it('is free again when the work fails', async () => {
    effects = 0;
    await expect(run('fails', () => Promise.reject(new RangeError('mine')))).rejects.toThrow(RangeError);
    expect(await run('fails')).toBe('ran 1');
  });

  it('is taken over when its lease has run out, and then the slow one changes nothing', async () => {
    effects = 0;
    const release = Promise.withResolvers<void>();
    const started = Promise.withResolvers<void>();
    const slow = run('slow', async (complete) => {
      started.resolve();
      await release.promise;
      return rename(complete);
    });
    await started.promise;
    await expireLease('slow');
    expect(await run('slow')).toBe('ran 1');
    release.resolve();
    await expect(slow).rejects.toMatchObject({ code: 'IDEMPOTENCY_IN_PROGRESS' });
    expect(effects).toBe(1);
    expect(await run('slow')).toBe('replayed {"answer":1}');
  });

  it('stays with whoever took it over when the slow one fails', async () => {
    effects = 0;
    const failing = Promise.withResolvers<void>();
    const holding = Promise.withResolvers<void>();
    const slow = run('slow-fails', () => failing.promise.then(() => ''));
    const claimed = () =>
      db.withTenant(tenantId, (tx) => tx.idempotencyKey.count({ where: { key: 'slow-fails' } }));
    await expect.poll(claimed).toBe(1);
    await expireLease('slow-fails');
    const started = Promise.withResolvers<void>();
    const second = run('slow-fails', async (complete) => {
      started.resolve();
      await holding.promise;
      return rename(complete);
    });
    await started.promise;
    failing.reject(new RangeError('mine'));
    await expect(slow).rejects.toThrow(RangeError);
    await expect(run('slow-fails')).rejects.toMatchObject({ code: 'IDEMPOTENCY_IN_PROGRESS' });
    holding.resolve();
    expect(await second).toBe('ran 1');
  });
});
