import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPrisma } from '../../src/database/connect.ts';
import type { PrismaClient } from '../../src/database/generated/client.ts';
import { startQueue, type JobData, type Queue } from '../../src/jobs/queue.ts';
import { createTenantDb, type TenantDb } from '../../src/tenancy/tenant-db.ts';
import { createTestDatabase, withClient, type TestDatabase } from '../support/database.ts';
import { silentLogger } from '../support/silent-logger.ts';

const tenantId = randomUUID();
let database: TestDatabase;
let prisma: PrismaClient;
let db: TenantDb;
let queue: Queue;

beforeAll(async () => {
  database = await createTestDatabase();
  prisma = createPrisma({ url: database.applicationUrl, logger: silentLogger });
  db = createTenantDb(prisma);
  queue = await startQueue({
    applicationUrl: database.applicationUrl,
    logger: silentLogger,
    queues: { work: {}, refused: {}, fenced: {} },
  });
});

afterAll(async () => {
  await queue?.stop();
  await prisma?.$disconnect();
  await database?.drop();
});

test('a job is there when its transaction commits, and runs at once', async () => {
  const seen = Promise.withResolvers<JobData & { text: string }>();
  await queue.work<JobData & { text: string }>('work', async ({ data }) => seen.resolve(data));
  await db.withTenant(tenantId, (tx) => queue.send(tx, 'work', { tenantId, text: 'hello' }));
  expect(await seen.promise).toEqual({ tenantId, text: 'hello' });
});

test('a job goes with the transaction that is rolled back', async () => {
  const sending = db.withTenant(tenantId, async (tx) => {
    await queue.send(tx, 'refused', { tenantId });
    throw new Error('changed my mind');
  });
  await expect(sending).rejects.toThrow('changed my mind');
  expect(await countJobs('refused')).toBe(0);
});

test('a job completed within its effects stays completed; one taken over rolls them back', async () => {
  const done = Promise.withResolvers<string[]>();
  await queue.work('fenced', async (job) => {
    const log: string[] = [];
    const stale = db.withTenant(tenantId, async (tx) => {
      await job.complete(tx);
      await job.complete(tx);
    });
    await stale.catch((error: Error) => log.push(error.message));
    await db.withTenant(tenantId, (tx) => job.complete(tx));
    done.resolve(log);
  });
  await db.withTenant(tenantId, (tx) => queue.send(tx, 'fenced', { tenantId }));
  expect(await done.promise).toEqual([expect.stringContaining('taken over')]);
});

test('the application role reads no payload and changes no job', async () => {
  await withClient(database.applicationUrl, async (client) => {
    await expect(client.query('select data from pgboss.job_common')).rejects.toThrow(/permission denied/);
    await expect(client.query('update pgboss.job_common set priority = 1')).rejects.toThrow(
      /permission denied/,
    );
    await expect(client.query('delete from pgboss.job')).rejects.toThrow(/permission denied/);
  });
});

async function countJobs(name: string): Promise<number> {
  return withClient(database.superuserUrl, async (client) => {
    const { rows } = await client.query('select count(*)::int as count from pgboss.job where name = $1', [
      name,
    ]);
    return rows[0].count;
  });
}
