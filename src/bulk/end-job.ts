import type { ClassificationJob } from '../database/generated/client.ts';
import type { EventLog } from '../events/event-log.ts';
import type { NewEvent } from '../events/event-types.ts';
import { toId } from '../ids.ts';
import type { Tx } from '../tenancy/tenant-db.ts';
import { countItems, type ItemCounts } from './find-jobs.ts';

/** The job, locked until the transaction ends; null where there is none. */
export async function lockJob(tx: Tx, tenantId: string, id: string): Promise<ClassificationJob | null> {
  await tx.$executeRaw`
    select from classification_job where tenant_id = ${tenantId}::uuid and id = ${id}::uuid for update`;
  return tx.classificationJob.findUnique({ where: { tenantId_id: { tenantId, id } } });
}

/** Ends a running job, in the caller's transaction, and tells of it. Precondition: no item is pending. */
export async function endJob(
  tx: Tx,
  events: EventLog,
  { tenantId, id }: ClassificationJob,
  state: 'COMPLETED' | 'CANCELLED',
): Promise<ClassificationJob> {
  const ended = await tx.classificationJob.update({
    where: { tenantId_id: { tenantId, id } },
    data: { state, finishedAt: new Date() },
  });
  await events.record(tx, tenantId, ['job.completed'], async () => [
    toJobEvent(ended, (await countItems(tx, tenantId, [id]))[0]!),
  ]);
  return ended;
}

/** `job.completed`. */
function toJobEvent(job: ClassificationJob, counts: ItemCounts): NewEvent {
  const { jobId: _, pacedCount: __, ...items } = counts;
  const id = toId('job', job.id);
  return {
    type: 'job.completed',
    subjectId: id,
    about: { taxonomyId: null },
    data: {
      id,
      state: job.state,
      createdAt: job.createdAt.toISOString(),
      finishedAt: job.finishedAt!.toISOString(),
      counts: { total: job.itemCount, ...items },
    },
  };
}
