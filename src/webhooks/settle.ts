import type { Prisma, WebhookDelivery } from '../database/generated/client.ts';
import { laneOf, SLOW_DELIVERY_QUEUE, type DeliveryJob } from '../events/delivery-queues.ts';
import type { Job, Queue } from '../jobs/queue.ts';
import type { TenantDb, Tx } from '../tenancy/tenant-db.ts';
import { nextAttemptAt, type Clock } from './schedule.ts';
import type { AttemptOutcome, AttemptRequest } from './send-attempt.ts';
import { settleEndpoint, type EndpointHealth } from './settle-endpoint.ts';

export interface Attempted {
  job: Job<DeliveryJob>;
  request: AttemptRequest;
  outcome: AttemptOutcome;
}

/** A delivery as it stands now, and its endpoint; both locked. */
interface Locked {
  endpoint: EndpointHealth;
  delivery: Pick<WebhookDelivery, 'state' | 'series' | 'tries' | 'attemptCount'>;
}

type NextState = Pick<
  Prisma.WebhookDeliveryUpdateManyMutationInput,
  'state' | 'tries' | 'failure' | 'finishedAt'
> & {
  nextAttemptAt?: Date | null;
};

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
  const { tenantId, deliveryId, series, tries } = job.data;
  return db.withTenant(tenantId, async (tx) => {
    await job.complete(tx);
    const locked = await lock(tx, job.data);
    if (!locked) return null; // deleted meanwhile
    const { endpoint, delivery } = locked;
    const attemptCount = delivery.attemptCount + 1;
    await writeAttempt(tx, attempted, attemptCount);
    const notice = await settleEndpoint(tx, endpoint, outcome, clock.now());
    // Begun anew meanwhile: its state is that of the new series.
    const isCurrent = delivery.state === 'PENDING' && delivery.series === series && delivery.tries === tries;
    const next: NextState = isCurrent ? toNextState(outcome, { tries: tries + 1, notice, clock }) : {};
    await tx.webhookDelivery.updateMany({
      where: { tenantId, id: deliveryId },
      data: { attemptCount, ...next },
    });
    if (next.nextAttemptAt) {
      const lane = laneOf(endpoint.id, { isSlow: true });
      const again = { ...job.data, lane, tries: tries + 1 };
      await queue.send(tx, SLOW_DELIVERY_QUEUE, again, { startAfter: next.nextAttemptAt });
    }
    return notice;
  });
}

/** The endpoint first, as whoever deletes it does. Null where both are gone. */
async function lock(tx: Tx, { tenantId, deliveryId }: DeliveryJob): Promise<Locked | null> {
  const [endpoint] = await tx.$queryRaw<EndpointHealth[]>`
    select tenant_id as "tenantId", id, failing_since as "failingSince", is_slow as "isSlow",
      disabled_at as "disabledAt"
    from webhook_endpoint
    where tenant_id = ${tenantId}::uuid and id = (
      select endpoint_id from webhook_delivery where tenant_id = ${tenantId}::uuid and id = ${deliveryId}::uuid)
    for no key update`;
  const [delivery] = await tx.$queryRaw<Locked['delivery'][]>`
    select state::text, series, tries, attempt_count as "attemptCount" from webhook_delivery
    where tenant_id = ${tenantId}::uuid and id = ${deliveryId}::uuid
    for no key update`;
  return endpoint && delivery ? { endpoint, delivery } : null;
}

async function writeAttempt(tx: Tx, { job, request, outcome }: Attempted, number: number): Promise<void> {
  const { tenantId, deliveryId } = job.data;
  const { startedAt, durationMs, response, error } = outcome;
  await tx.deliveryAttempt.createMany({
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
}

/** What a delivery is after `tries` attempts of its series. */
function toNextState(
  { error, retryAfterSeconds }: AttemptOutcome,
  { tries, notice, clock }: { tries: number; notice: string | null; clock: Clock },
): NextState {
  const ended = { tries, finishedAt: clock.now(), nextAttemptAt: null };
  if (error === null) return { ...ended, state: 'SUCCEEDED' };
  const next = notice === null ? nextAttemptAt(clock, tries, retryAfterSeconds) : null;
  if (next !== null) return { tries, nextAttemptAt: next };
  return { ...ended, state: 'FAILED', failure: notice ?? error };
}
