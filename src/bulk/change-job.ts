import { Prisma, type ClassificationJob } from '../database/generated/client.ts';
import type { Services } from '../context.ts';
import { AppError } from '../errors.ts';
import type { Tx } from '../tenancy/tenant-db.ts';
import { checkRunning } from './check-running.ts';
import { endJob, lockJob } from './end-job.ts';
import { BULK_QUEUE, type BulkJob } from './job-queue.ts';

type ChangeServices = Pick<Services, 'db' | 'events' | 'queue' | 'blobs'>;

/**
 * Ends a job: what is pending is CANCELLED from this moment on, and what is being classified leaves no trace. A job
 * that has ended stays as it is. Throws NOT_FOUND.
 */
export async function cancelJob(
  { db, events, blobs }: ChangeServices,
  tenantId: string,
  id: string,
): Promise<ClassificationJob> {
  const ended = await db.withTenant(tenantId, async (tx) => {
    const job = await lockOrThrow(tx, tenantId, id);
    if (job.state !== 'RUNNING') return job;
    const cancelled = await tx.classificationJobItem.updateManyAndReturn({
      where: { tenantId, jobId: id, state: 'PENDING' },
      data: { state: 'CANCELLED', finishedAt: new Date() },
      select: { blobId: true },
    });
    await blobs.expire(
      tx,
      tenantId,
      cancelled.flatMap(({ blobId }) => blobId ?? []),
    );
    return endJob(tx, events, job, 'CANCELLED');
  });
  await blobs.deleteExpired(tenantId); // what a crash leaves here is swept
  return ended;
}

/** Tries the failed items of a job again that has ended. Throws NOT_FOUND, INVALID_INPUT where there are none, RATE_LIMITED. */
export async function retryJob(
  { db, queue }: ChangeServices,
  tenantId: string,
  id: string,
): Promise<ClassificationJob> {
  return db.withTenant(tenantId, async (tx) => {
    const job = await lockOrThrow(tx, tenantId, id);
    if (job.state === 'RUNNING')
      throw refused('The job is still running: its failed items can be tried again when it has ended.');
    await checkRunning(tx, tenantId);
    const { count } = await tx.classificationJobItem.updateMany({
      where: {
        tenantId,
        jobId: id,
        state: 'FAILED',
        OR: [{ url: { not: null } }, { blobId: { not: null } }, { image: { not: Prisma.DbNull } }],
      },
      data: { state: 'PENDING', outcomes: Prisma.DbNull, finishedAt: null },
    });
    if (count === 0) throw refused('The job has no failed items that could be tried again.');
    const series = job.series + 1;
    await queue.send<BulkJob>(tx, BULK_QUEUE, { tenantId, jobId: id, series });
    return tx.classificationJob.update({
      where: { tenantId_id: { tenantId, id } },
      data: { state: 'RUNNING', series, startedAt: new Date(), finishedAt: null },
    });
  });
}

async function lockOrThrow(tx: Tx, tenantId: string, id: string): Promise<ClassificationJob> {
  const job = await lockJob(tx, tenantId, id);
  if (job) return job;
  throw new AppError('NOT_FOUND', { message: 'There is no classification job with this id.', path: ['id'] });
}

function refused(message: string): AppError {
  return new AppError('INVALID_INPUT', { message, path: ['id'] });
}
