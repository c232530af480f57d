import type { Services } from '../context.ts';
import type { Job } from '../jobs/queue.ts';
import type { BulkJob } from './job-queue.ts';

/** Milliseconds between looks: a cancelled job must leave the encoders within two seconds, in whichever process it was cancelled. */
const EVERY_MS = 500;

/** A signal that is aborted when the job is no longer to be run, or its slice is not. */
export function watchCancel(
  { db, logger }: Pick<Services, 'db' | 'logger'>,
  { data, signal }: Pick<Job<BulkJob>, 'data' | 'signal'>,
): Disposable & { signal: AbortSignal } {
  const cancelled = new AbortController();
  const { tenantId, jobId, series } = data;
  const where = { tenantId, id: jobId, state: 'RUNNING' as const, series };
  const look = async () => {
    const running = await db.withTenant(tenantId, (tx) => tx.classificationJob.count({ where }));
    if (running === 0) cancelled.abort();
  };
  let looking = false;
  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    look()
      .catch((error: unknown) =>
        logger.warn({ err: error, jobId }, 'whether a job was cancelled is not known'),
      )
      .finally(() => (looking = false));
  }, EVERY_MS);
  return {
    signal: AbortSignal.any([signal, cancelled.signal]),
    [Symbol.dispose]: () => clearInterval(timer),
  };
}
