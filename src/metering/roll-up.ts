import type { Logger } from 'pino';
import { startSweep, type Sweep } from '../jobs/sweep.ts';
import type { TenantDb } from '../tenancy/tenant-db.ts';

const EVERY_MS = 3_600_000;
/** As long a piece of work that is tried again is told from a new one. */
export const LEDGER_KEPT_MS = 2 * 86_400_000;
/** Rows that one transaction folds: short, so that nobody waits for it. */
const BATCH = 5_000;

interface Sources {
  db: TenantDb;
  logger: Pick<Logger, 'info' | 'error'>;
}

/** Folds old rows of the ledger into their days: now, and every hour. Any number of processes may. */
export function startRollUp({ db, logger }: Sources): Sweep {
  return startSweep({
    what: 'rows of the ledger folded into days',
    everyMs: EVERY_MS,
    logger,
    run: (signal) => rollUp(db, new Date(Date.now() - LEDGER_KEPT_MS), signal),
  });
}

/** Folds what is older than `before`. Answers how many rows. */
export async function rollUp(db: TenantDb, before: Date, signal?: AbortSignal): Promise<number> {
  const tenants = await db.withOperator((tx) => tx.tenant.findMany({ select: { id: true } }));
  let folded = 0;
  for (const { id } of tenants) {
    for (let count = BATCH; count === BATCH; folded += count) {
      if (signal?.aborted) return folded;
      count = await foldBatch(db, id, before);
    }
  }
  return folded;
}

/** One statement: a row leaves the ledger as it is added to its day, and no question sees it twice or not at all. */
async function foldBatch(db: TenantDb, tenantId: string, before: Date): Promise<number> {
  const [row] = await db.withTenant(
    tenantId,
    (tx) => tx.$queryRaw<{ count: number }[]>`
      with old as (
        select id from usage_event where tenant_id = ${tenantId}::uuid and occurred_at < ${before}
        order by occurred_at limit ${BATCH} for update skip locked
      ), gone as (
        delete from usage_event u using old where u.tenant_id = ${tenantId}::uuid and u.id = old.id
        returning u.api_key_id, u.model_id, u.occurred_at, u.images, u.classifications
      ), added as (
        insert into usage_day as d (tenant_id, day, api_key_id, model_id, images, classifications)
        select ${tenantId}::uuid, (occurred_at at time zone 'UTC')::date as day, api_key_id, model_id,
          sum(images), sum(classifications)
        from gone group by day, api_key_id, model_id order by day, api_key_id, model_id
        on conflict (tenant_id, day, api_key_id, model_id) do update
          set images = d.images + excluded.images, classifications = d.classifications + excluded.classifications
      )
      select count(*)::int as count from gone`,
  );
  return row!.count;
}
