import type { Logger } from 'pino';
import type { TenantDb } from '../tenancy/tenant-db.ts';

const EVERY_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** Rows of one kind that one transaction deletes: short, so that nobody waits for it. */
const BATCH = 1_000;

interface Sources {
  db: TenantDb;
  logger: Pick<Logger, 'info' | 'error'>;
}

/**
 * Deletes classifications and image embeddings that are older than their tenant keeps them: now, and every hour. Any number of processes
 * may: each takes rows that no other holds.
 */
export function startRetention({ db, logger }: Sources): { stop(): Promise<void> } {
  const stopping = new AbortController();
  let sweep = Promise.resolve();
  const run = () => {
    const now = new Date();
    sweep = Promise.all([
      deleteExpired(db, now, stopping.signal),
      deleteExpiredEmbeddings(db, now, stopping.signal),
    ]).then(
      ([deleted, embeddings]) =>
        void (
          deleted + embeddings > 0 && logger.info({ deleted, embeddings }, 'expired classifications deleted')
        ),
      (error: unknown) => logger.error({ err: error }, 'expired classifications were not deleted'),
    );
  };
  run();
  const timer = setInterval(run, EVERY_MS).unref();
  return {
    stop() {
      clearInterval(timer);
      stopping.abort();
      return sweep;
    },
  };
}

/** Answers how many classifications it has deleted, with their predictions. */
export async function deleteExpired(db: TenantDb, now: Date, signal?: AbortSignal): Promise<number> {
  const tenants = await db.withOperator((tx) =>
    tx.tenant.findMany({
      where: { classificationsKeptDays: { not: null } },
      select: { id: true, classificationsKeptDays: true },
    }),
  );
  let deleted = 0;
  for (const { id, classificationsKeptDays } of tenants) {
    const before = new Date(now.getTime() - classificationsKeptDays! * DAY_MS);
    for (let count = BATCH; count === BATCH; deleted += count) {
      if (signal?.aborted) return deleted;
      count = await deleteBatch(db, id, before);
    }
  }
  return deleted;
}

/** One statement: the foreign key of the predictions is looked at when it ends. */
function deleteBatch(db: TenantDb, tenantId: string, before: Date): Promise<number> {
  return db.withTenant(
    tenantId,
    (tx) => tx.$executeRaw`
      with expired as (
        select id from classification where tenant_id = ${tenantId}::uuid and created_at < ${before}
        order by created_at limit ${BATCH} for update skip locked
      ), predictions as (
        delete from prediction p using expired e where p.tenant_id = ${tenantId}::uuid and p.classification_id = e.id
      )
      delete from classification c using expired e where c.tenant_id = ${tenantId}::uuid and c.id = e.id`,
  );
}

/** Answers how many image embeddings it has deleted: all of a tenant that keeps none. */
export async function deleteExpiredEmbeddings(
  db: TenantDb,
  now: Date,
  signal?: AbortSignal,
): Promise<number> {
  const tenants = await db.withOperator((tx) =>
    tx.tenant.findMany({ select: { id: true, imageEmbeddingsKeptDays: true } }),
  );
  let deleted = 0;
  for (const { id, imageEmbeddingsKeptDays: days } of tenants) {
    const until = new Date(now.getTime() - (days ?? 0) * DAY_MS);
    for (let count = BATCH; count === BATCH; deleted += count) {
      if (signal?.aborted) return deleted;
      count = await deleteSomeEmbeddings(db, id, until);
    }
  }
  return deleted;
}

function deleteSomeEmbeddings(db: TenantDb, tenantId: string, until: Date): Promise<number> {
  return db.withTenant(
    tenantId,
    (tx) => tx.$executeRaw`
      with expired as (
        select image_revision, image_sha256 from image_embedding
        where tenant_id = ${tenantId}::uuid and created_at <= ${until}
        order by created_at limit ${BATCH} for update skip locked
      )
      delete from image_embedding i using expired e
      where i.tenant_id = ${tenantId}::uuid and i.image_revision = e.image_revision
        and i.image_sha256 = e.image_sha256`,
  );
}
