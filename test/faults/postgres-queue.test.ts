import { randomUUID } from 'node:crypto';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createPrisma } from '../../src/database/connect.ts';
import type { PrismaClient } from '../../src/database/generated/client.ts';
import { startQueue, type Queue } from '../../src/jobs/queue.ts';
import { createTenantDb, type TenantDb } from '../../src/tenancy/tenant-db.ts';
import { startNode } from '../support/child.ts';
import { createTestDatabase, withClient, type TestDatabase } from '../support/database.ts';
import { until } from '../support/poll.ts';
import { silentLogger } from '../support/silent-logger.ts';

const HOST = path.resolve(import.meta.dirname, '../support/worker-host.ts');
const tenantId = randomUUID();
let database: TestDatabase;
let prisma: PrismaClient;
let db: TenantDb;
let queue: Queue;

beforeAll(async () => {
  database = await createTestDatabase();
  const { applicationUrl } = database;
  prisma = createPrisma({ url: applicationUrl, logger: silentLogger });
  db = createTenantDb(prisma);
  queue = await startQueue({
    applicationUrl,
    logger: silentLogger,
    queues: { orphaned: {}, backlog: {}, cut: {} },
  });
});

afterAll(async () => {
  await queue?.stop();
  await prisma?.$disconnect();
  await database?.drop();
});

test('the job of a killed worker is taken over by another process', async () => {
  await db.withTenant(tenantId, (tx) => queue.send(tx, 'orphaned', { tenantId }));
  const worker = startNode([HOST, database.applicationUrl, 'orphaned']);
  await until('the worker has the job', () => worker.output().includes('working'));
  worker.process.kill('SIGKILL');
  await worker.ended;

  const takenOver = Promise.withResolvers<number>();
  await queue.work('orphaned', async ({ retryCount }) => takenOver.resolve(retryCount));
  expect(await takenOver.promise).toBe(1);
});

test('a backlog is worked off without waiting for polls', async () => {
  await db.withTenant(tenantId, async (tx) => {
    for (let sent = 0; sent < 60; sent++) await queue.send(tx, 'backlog', { tenantId });
  });
  const startedMs = Date.now();
  const done = Promise.withResolvers<void>();
  let count = 0;
  await queue.work(
    'backlog',
    async () => {
      count += 1;
      if (count === 60) done.resolve();
    },
    { concurrency: 2 },
  );
  await done.promise;
  // Polling alone would take one job a worker every two seconds: a minute.
  expect(Date.now() - startedMs).toBeLessThan(30_000);
});

test('jobs are taken again after every connection of the queue was cut', async () => {
  const seen: string[] = [];
  await queue.work('cut', async ({ id }) => void seen.push(id));
  await withClient(database.superuserUrl, (client) =>
    client.query(`select pg_terminate_backend(pid) from pg_stat_activity
                  where datname = current_database() and pid <> pg_backend_pid()`),
  );
  const id = await until('the job is sent', () =>
    db.withTenant(tenantId, (tx) => queue.send(tx, 'cut', { tenantId })).catch(() => undefined),
  );
  expect(await until('the job is done', () => seen.includes(id))).toBe(true);
});
