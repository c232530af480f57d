import type { WebhookDelivery, WebhookEndpoint, WebhookEvent } from '../database/generated/client.ts';
import { laneOf, SLOW_DELIVERY_QUEUE, type DeliveryJob } from '../events/delivery-queues.ts';
import type { Job, Queue } from '../jobs/queue.ts';
import type { TenantDb, Tx } from '../tenancy/tenant-db.ts';

/** A delivery whose next attempt is due, with all that the attempt needs. */
export type DueDelivery = WebhookDelivery & { endpoint: WebhookEndpoint; event: WebhookEvent };

/**
 * What a job is about. Null where there is nothing to send, and the job is then completed: the delivery is gone, was
 * begun anew or has ended; its endpoint is disabled; or it now stands in the queue of slow endpoints.
 */
export async function takeDue(
  { db, queue }: { db: TenantDb; queue: Queue },
  job: Job<DeliveryJob>,
  { isSlowQueue, now }: { isSlowQueue: boolean; now: Date },
): Promise<DueDelivery | null> {
  const { tenantId, deliveryId, series, tries } = job.data;
  return db.withTenant(tenantId, async (tx) => {
    const delivery = await tx.webhookDelivery.findUnique({
      where: { tenantId_id: { tenantId, id: deliveryId } },
      include: { endpoint: true, event: true },
    });
    const isStale = delivery?.series !== series || delivery.tries !== tries || delivery.state !== 'PENDING';
    if (isStale) {
      await job.complete(tx);
      return null;
    }
    const { endpoint } = delivery;
    if (endpoint.disabledAt) {
      await job.complete(tx);
      await failPending(tx, delivery, { failure: 'The webhook endpoint was disabled.', now });
      return null;
    }
    if (endpoint.isSlow && !isSlowQueue) {
      await job.complete(tx);
      await queue.send(tx, SLOW_DELIVERY_QUEUE, { ...job.data, lane: laneOf(endpoint.id, endpoint) });
      return null;
    }
    return delivery;
  });
}

/** Ends a delivery without an attempt, unless it was begun anew meanwhile. */
export async function failPending(
  tx: Tx,
  { tenantId, id, series }: WebhookDelivery,
  { failure, now }: { failure: string; now: Date },
): Promise<void> {
  await tx.webhookDelivery.updateMany({
    where: { tenantId, id, series, state: 'PENDING' },
    data: { state: 'FAILED', failure, finishedAt: now, nextAttemptAt: null },
  });
}
