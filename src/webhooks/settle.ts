import type { Prisma, WebhookEndpoint } from '../database/generated/client.ts';
import { laneOf, SLOW_DELIVERY_QUEUE, type DeliveryJob } from '../events/delivery-queues.ts';
import type { Job, Queue } from '../jobs/queue.ts';
import { WEBHOOK_LIMITS } from '../limits.ts';
import type { TenantDb, Tx } from '../tenancy/tenant-db.ts';
import { MAX_FAILING_MS, nextAttemptAt, type Clock } from './schedule.ts';
import type { AttemptOutcome, AttemptRequest } from './send-attempt.ts';

export interface Attempted {
  job: Job<DeliveryJob>;
  request: AttemptRequest;
  outcome: AttemptOutcome;
}

/** A delivery as it stands now, and its endpoint; both locked. */
interface Locked {
  endpoint: WebhookEndpoint;
  attemptCount: number;
  /** Whether the series of the job still is the one that counts. */
  isCurrent: boolean;
}

/**
 * Writes what became of an attempt and what follows, all in one transaction with the end of its job: the attempt, the
 * delivery's state, the endpoint's, and the job of the next attempt. Returns the notice with which the endpoint was
 * disabled, if it was. Throws, and has changed nothing, where another process has taken the job over.
 */
export async function settleAttempt(
  { db, queue, clock }: { db: TenantDb; queue: Queue; clock: Clock },
  attempted: Attempted,
): Promise<string | null> {
  const { job, outcome } = attempted;
  return db.withTenant(job.data.tenantId, async (tx) => {
    await job.complete(tx);
    const locked = await lock(tx, job.data);
    if (!locked) return null;
    await writeAttempt(tx, attempted, locked.attemptCount + 1);
    const notice = await settleEndpoint(tx, locked.endpoint, outcome, clock.now());
    if (locked.isCurrent) await settleDelivery({ tx, queue, clock }, attempted, locked.endpoint.id, notice);
    return notice;
  });
}

/** The endpoint first, as whoever deletes it does. Null where both are gone. */
async function lock(tx: Tx, { tenantId, deliveryId, series, tries }: DeliveryJob): Promise<Locked | null> {
  await tx.$queryRaw`
    select from webhook_endpoint e where e.tenant_id = ${tenantId}::uuid and e.id in (
      select d.endpoint_id from webhook_delivery d where d.tenant_id = e.tenant_id and d.id = ${deliveryId}::uuid)
    for no key update`;
  await tx.$queryRaw`
    select from webhook_delivery where tenant_id = ${tenantId}::uuid and id = ${deliveryId}::uuid for no key update`;
  const delivery = await tx.webhookDelivery.findUnique({
    where: { tenantId_id: { tenantId, id: deliveryId } },
    include: { endpoint: true },
  });
  if (!delivery) return null;
  const { endpoint, attemptCount } = delivery;
  const isCurrent = delivery.state === 'PENDING' && delivery.series === series && delivery.tries === tries;
  return { endpoint, attemptCount, isCurrent };
}

async function writeAttempt(tx: Tx, { job, request, outcome }: Attempted, number: number): Promise<void> {
  const { tenantId, deliveryId } = job.data;
  const { startedAt, durationMs, response, error } = outcome;
  await tx.deliveryAttempt.create({
    data: {
      tenantId,
      deliveryId,
      number,
      startedAt,
      durationMs,
      url: request.url,
      requestHeaders: request.headers,
      error,
      ...(response && {
        responseStatus: response.status,
        responseHeaders: response.headers,
        responseBody: response.body,
      }),
    },
  });
  await tx.webhookDelivery.update({
    where: { tenantId_id: { tenantId, id: deliveryId } },
    data: { attemptCount: number },
  });
}

/** Notes how the endpoint fares; an endpoint that says that it is gone, or has failed too long, is disabled. */
async function settleEndpoint(
  tx: Tx,
  { tenantId, id, failingSince, isSlow, disabledAt }: WebhookEndpoint,
  { error, response, durationMs }: AttemptOutcome,
  now: Date,
): Promise<string | null> {
  const failing = error === null ? null : (failingSince ?? now);
  const slow = error !== null || durationMs > WEBHOOK_LIMITS.slowMs;
  const notice = disabledAt === null ? noticeOf(response?.status, failing, now) : null;
  const changed = failing?.getTime() !== failingSince?.getTime() || slow !== isSlow || notice !== null;
  if (changed) {
    await tx.webhookEndpoint.update({
      where: { tenantId_id: { tenantId, id } },
      data: { failingSince: failing, isSlow: slow, ...(notice !== null && { disabledAt: now, notice }) },
    });
  }
  return notice;
}

function noticeOf(status: number | undefined, failingSince: Date | null, now: Date): string | null {
  if (status === 410) return 'Disabled: the endpoint answered 410, which says that it is gone.';
  if (failingSince === null || now.getTime() - failingSince.getTime() < MAX_FAILING_MS) return null;
  return `Disabled: every attempt since ${failingSince.toISOString()} has failed.`;
}

async function settleDelivery(
  { tx, queue, clock }: { tx: Tx; queue: Queue; clock: Clock },
  { job, outcome }: Attempted,
  endpointId: string,
  notice: string | null,
): Promise<void> {
  const { tenantId, deliveryId, tries: before } = job.data;
  const tries = before + 1;
  const where = { tenantId_id: { tenantId, id: deliveryId } };
  const end = (data: Prisma.WebhookDeliveryUpdateInput) =>
    tx.webhookDelivery.update({
      where,
      data: { tries, finishedAt: clock.now(), nextAttemptAt: null, ...data },
    });
  if (outcome.error === null) return void (await end({ state: 'SUCCEEDED' }));
  const next = notice === null ? nextAttemptAt(clock, tries, outcome.retryAfterSeconds) : null;
  if (next === null) return void (await end({ state: 'FAILED', failure: notice ?? outcome.error }));
  await tx.webhookDelivery.update({ where, data: { tries, nextAttemptAt: next } });
  const lane = laneOf(endpointId, { isSlow: true });
  await queue.send(tx, SLOW_DELIVERY_QUEUE, { ...job.data, lane, tries }, { startAfter: next });
}
