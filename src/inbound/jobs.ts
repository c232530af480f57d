import type { Services } from '../context.ts';
import { startSweep, type Sweep } from '../jobs/sweep.ts';
import { HOOK_LIMITS } from '../limits.ts';
import { INBOUND_QUEUE, type InboundJob } from './inbound-queue.ts';
import { runMessage } from './run-message.ts';

/** Messages that this process classifies at once. */
const WORKERS = { concurrency: 8, oneAtATimePerLane: true };
const EVERY_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** Messages that one transaction deletes. */
const BATCH = 1_000;

/** Begins to classify what inbound hooks have taken, in this process. */
export async function registerInboundJobs(services: Services): Promise<void> {
  await services.queue.work<InboundJob>(INBOUND_QUEUE, (job) => runMessage(services, job), WORKERS);
}

/** Deletes messages that ended long ago: now, and every hour. */
export function startInboundRetention({ db, logger }: Pick<Services, 'db' | 'logger'>): Sweep {
  return startSweep({
    what: 'old inbound messages deleted',
    everyMs: EVERY_MS,
    logger,
    run: (signal) => deleteOldMessages(db, new Date(Date.now() - HOOK_LIMITS.keptDays * DAY_MS), signal),
  });
}

/** Answers how many messages it has deleted. The classifications stay. */
export async function deleteOldMessages(
  db: Services['db'],
  before: Date,
  signal?: AbortSignal,
): Promise<number> {
  const tenants = await db.withOperator((tx) => tx.tenant.findMany({ select: { id: true } }));
  let deleted = 0;
  for (const { id: tenantId } of tenants) {
    for (let count = BATCH; count === BATCH; deleted += count) {
      if (signal?.aborted) return deleted;
      count = await db.withTenant(
        tenantId,
        (tx) => tx.$executeRaw`
          delete from inbound_message where tenant_id = ${tenantId}::uuid and id in (
            select id from inbound_message where tenant_id = ${tenantId}::uuid and finished_at < ${before}
            limit ${BATCH} for update skip locked)`,
      );
    }
  }
  return deleted;
}
