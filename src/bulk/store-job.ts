import type { Services } from '../context.ts';
import type { Prisma } from '../database/generated/client.ts';
import type { Complete } from '../tenancy/idempotency.ts';
import type { Tx } from '../tenancy/tenant-db.ts';
import { checkRunning } from './check-running.ts';
import { BULK_QUEUE, type BulkJob } from './job-queue.ts';
import type { JobSettings } from './job-settings.ts';

/** Who asked. */
export interface JobOwner {
  tenantId: string;
  apiKeyId: string;
  requestId: string;
}

export interface NewJob {
  /** A new UUID. */
  id: string;
  settings: JobSettings;
  /** In order. */
  items: Omit<Prisma.ClassificationJobItemCreateManyInput, 'tenantId' | 'jobId' | 'position'>[];
  complete: Complete;
}

const STATEMENT_SIZE = 1_000;

/** Writes a job, its items and its first slice in one transaction. Throws RATE_LIMITED. */
export async function storeJob(
  { db, queue }: Pick<Services, 'db' | 'queue'>,
  owner: JobOwner,
  { id: jobId, settings, items, complete }: NewJob,
): Promise<void> {
  const { tenantId } = owner;
  const rows = items.map((item, position) => ({ ...item, tenantId, jobId, position }));
  await db.withTenant(tenantId, async (tx) => {
    await checkRunning(tx, tenantId);
    await insertJob(tx, owner, { id: jobId, settings, itemCount: items.length });
    for (let start = 0; start < rows.length; start += STATEMENT_SIZE) {
      await tx.classificationJobItem.createMany({ data: rows.slice(start, start + STATEMENT_SIZE) });
    }
    await queue.send<BulkJob>(tx, BULK_QUEUE, { tenantId, jobId, series: 1 });
    await complete(tx, { jobId });
  });
}

async function insertJob(
  tx: Tx,
  owner: JobOwner,
  job: { id: string; settings: JobSettings; itemCount: number },
): Promise<void> {
  const now = new Date();
  const settings = job.settings as unknown as Prisma.InputJsonObject;
  await tx.classificationJob.create({
    data: { ...owner, ...job, settings, createdAt: now, startedAt: now },
  });
}
