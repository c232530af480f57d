import type { Logger } from 'pino';
import { startSweep, type Sweep } from '../jobs/sweep.ts';
import { WEBHOOK_LIMITS } from '../limits.ts';
import type { TenantDb } from '../tenancy/tenant-db.ts';

const EVERY_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** Events that one transaction deletes. */
const BATCH = 500;

interface Sources {
  db: TenantDb;
  logger: Pick<Logger, 'info' | 'error'>;
}

/** Deletes events whose deliveries have all ended and are old: now, and every hour. */
export function startWebhookRetention({ db, logger }: Sources): Sweep {
  return startSweep({
    what: 'old webhook events deleted',
    everyMs: EVERY_MS,
    logger,
    run: (signal) => deleteOldEvents(db, new Date(Date.now() - WEBHOOK_LIMITS.keptDays * DAY_MS), signal),
  });
}

/** Answers how many events it has deleted, with their deliveries and attempts. */
export async function deleteOldEvents(db: TenantDb, before: Date, signal?: AbortSignal): Promise<number> {
  const tenants = await db.withOperator((tx) => tx.tenant.findMany({ select: { id: true } }));
  let deleted = 0;
  for (const { id } of tenants) {
    for (let count = BATCH; count === BATCH; deleted += count) {
      if (signal?.aborted) return deleted;
      count = await deleteBatch(db, id, before);
    }
  }
  return deleted;
}

/**
 * One statement: foreign keys are looked at when it ends. Where a delivery was begun anew meanwhile, its event must not
 * go, and all of the batch is left to the next time. Deliveries are locked in the order in which `redeliver` does.
 */
function deleteBatch(db: TenantDb, tenantId: string, before: Date): Promise<number> {
  return db.withTenant(
    tenantId,
    (tx) => tx.$executeRaw`
      with old as (
        select e.id from webhook_event e
        where e.tenant_id = ${tenantId}::uuid and e.created_at < ${before} and not exists (
          select from webhook_delivery d where d.tenant_id = e.tenant_id and d.event_id = e.id and d.state = 'PENDING')
        order by e.created_at limit ${BATCH} for update skip locked
      ), ended as (
        select d.id from webhook_delivery d join old on d.tenant_id = ${tenantId}::uuid and d.event_id = old.id
        where d.state <> 'PENDING' order by d.id for update of d
      ), deliveries as (
        delete from webhook_delivery d using ended where d.tenant_id = ${tenantId}::uuid and d.id = ended.id
        returning d.id
      ), attempts as (
        delete from delivery_attempt a using deliveries d where a.tenant_id = ${tenantId}::uuid and a.delivery_id = d.id
      )
      delete from webhook_event e using old where e.tenant_id = ${tenantId}::uuid and e.id = old.id`,
  );
}
