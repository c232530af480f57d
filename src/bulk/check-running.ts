import { AppError } from '../errors.ts';
import { BULK_LIMITS } from '../limits.ts';
import type { Tx } from '../tenancy/tenant-db.ts';

const RETRY_AFTER_MS = 10_000;

/** Whoever makes or retries jobs of the tenant waits here until the transactions of others that do have ended. */
export async function lockJobsOf(tx: Tx, tenantId: string): Promise<void> {
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`classification_job ${tenantId}`}, 0))::text`;
}

/**
 * Call it before a job becomes RUNNING, in the same transaction: others that ask wait until that has ended, so that
 * no two take the last place. Throws RATE_LIMITED where as many jobs of the tenant run as may.
 */
export async function checkRunning(tx: Tx, tenantId: string): Promise<void> {
  await lockJobsOf(tx, tenantId);
  const running = await tx.classificationJob.count({ where: { tenantId, state: 'RUNNING' } });
  if (running < BULK_LIMITS.runningJobs) return;
  throw new AppError('RATE_LIMITED', {
    message: `A tenant has at most ${BULK_LIMITS.runningJobs} jobs that run. Wait for one, or cancel one.`,
    retryAfterMs: RETRY_AFTER_MS,
    details: { runningJobs: BULK_LIMITS.runningJobs },
  });
}
