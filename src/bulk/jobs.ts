import type { Services } from '../context.ts';
import { startSweep, type Sweep } from '../jobs/sweep.ts';
import { BULK_LIMITS } from '../limits.ts';
import type { TenantDb } from '../tenancy/tenant-db.ts';
import { BULK_QUEUE, type BulkJob } from './job-queue.ts';
import { runSlice } from './run-slice.ts';

/** Slices at once in this process. Two do no more together, and take twice as much from requests. */
const WORKERS = { concurrency: 1 };
const EVERY_MS = 3_600_000;
const DAY_MS = 86_400_000;

/** Begins to work on classification jobs in this process. */
export async function registerBulkJobs(services: Services): Promise<void> {
  await services.queue.work<BulkJob>(BULK_QUEUE, (slice) => runSlice(services, slice), WORKERS);
}

/** Deletes blobs whose time is over, and jobs that ended long ago: now, and every hour. */
export function startBulkRetention(services: Pick<Services, 'db' | 'blobs' | 'logger'>): Sweep {
  return startSweep({
    what: 'expired blobs and jobs deleted',
    everyMs: EVERY_MS,
    logger: services.logger,
    run: async (signal) => {
      const before = new Date(Date.now() - BULK_LIMITS.keptDays * DAY_MS);
      return (
        (await services.blobs.sweep(new Date(), signal)) + (await deleteOldJobs(services, before, signal))
      );
    },
  });
}

/** Answers how many jobs it has deleted, with their items. The classifications stay. */
export async function deleteOldJobs(
  { db }: Pick<Services, 'db'>,
  before: Date,
  signal?: AbortSignal,
): Promise<number> {
  const tenants = await db.withOperator((tx) => tx.tenant.findMany({ select: { id: true } }));
  let deleted = 0;
  for (const { id } of tenants) {
    for (let count = JOBS_AT_ONCE; count === JOBS_AT_ONCE; deleted += count) {
      if (signal?.aborted) return deleted;
      count = await deleteSomeJobs(db, id, before);
    }
  }
  return deleted;
}

/** Jobs that one transaction deletes: up to 100,000 items. */
const JOBS_AT_ONCE = 10;

function deleteSomeJobs(db: TenantDb, tenantId: string, before: Date): Promise<number> {
  return db.withTenant(
    tenantId,
    (tx) => tx.$executeRaw`
      with old as (
        select id from classification_job
        where tenant_id = ${tenantId}::uuid and state in ('COMPLETED', 'CANCELLED') and finished_at < ${before}
        limit ${JOBS_AT_ONCE} for update skip locked
      ), items as (
        delete from classification_job_item i using old
        where i.tenant_id = ${tenantId}::uuid and i.job_id = old.id
      )
      delete from classification_job j using old where j.tenant_id = ${tenantId}::uuid and j.id = old.id`,
  );
}
