import type {
  ClassificationJob,
  ClassificationJobItem,
  ClassificationJobItemState,
} from '../database/generated/client.ts';
import type { TenantDb, Tx } from '../tenancy/tenant-db.ts';

/** A job that is there. */
export function findJob(db: TenantDb, tenantId: string, id: string): Promise<ClassificationJob> {
  const where = { tenantId_id: { tenantId, id } };
  return db.withTenant(tenantId, (tx) => tx.classificationJob.findUniqueOrThrow({ where }));
}

/** How many items of a job are in each state. */
export interface ItemCounts {
  jobId: string;
  pending: number;
  succeeded: number;
  failed: number;
  cancelled: number;
  /** Finished since the series began: what the pace is made of. */
  pacedCount: number;
}

/** The counts of these jobs, in their order. */
export async function countItems(tx: Tx, tenantId: string, jobIds: readonly string[]): Promise<ItemCounts[]> {
  return tx.$queryRaw`
    select j.id as "jobId",
      count(*) filter (where i.state = 'PENDING')::int as pending,
      count(*) filter (where i.state = 'SUCCEEDED')::int as succeeded,
      count(*) filter (where i.state = 'FAILED')::int as failed,
      count(*) filter (where i.state = 'CANCELLED')::int as cancelled,
      count(*) filter (where i.finished_at > j.started_at)::int as "pacedCount"
    from classification_job j
    join classification_job_item i on i.tenant_id = j.tenant_id and i.job_id = j.id
    where j.tenant_id = ${tenantId}::uuid and j.id = any(${[...jobIds]}::uuid[])
    group by j.id order by j.id`;
}

/** Milliseconds that the rest will take at the pace so far; null where nothing is left or no pace is known. */
export function estimateMs(
  { state, startedAt }: ClassificationJob,
  { pending, pacedCount }: ItemCounts,
  now: Date,
): number | null {
  if (state !== 'RUNNING' || pacedCount === 0) return null;
  return Math.round(((now.getTime() - startedAt.getTime()) / pacedCount) * pending);
}

export interface ItemWindow {
  limit: number;
  /** A position. */
  cursor: number | null;
  backward: boolean;
}

/** Items in their order, read from the end where `backward`; one more than `limit`, where there is one. */
export function findItems(
  tx: Tx,
  { tenantId, id: jobId }: Pick<ClassificationJob, 'tenantId' | 'id'>,
  state: ClassificationJobItemState | undefined,
  { limit, cursor, backward }: ItemWindow,
): Promise<ClassificationJobItem[]> {
  return tx.classificationJobItem.findMany({
    where: {
      tenantId,
      jobId,
      ...(state && { state }),
      ...(cursor !== null && { position: backward ? { lt: cursor } : { gt: cursor } }),
    },
    orderBy: { position: backward ? 'desc' : 'asc' },
    take: limit + 1,
  });
}
