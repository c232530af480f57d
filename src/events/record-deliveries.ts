import type { Prisma, WebhookEndpoint } from '../database/generated/client.ts';
import { newUuid } from '../ids.ts';
import type { Queue } from '../jobs/queue.ts';
import type { Tx } from '../tenancy/tenant-db.ts';
import { laneOf, queueOf, type DeliveryJob } from './delivery-queues.ts';
import type { NewEvent } from './event-types.ts';

/** An event and the endpoints that it goes to. */
export interface Addressed {
  event: NewEvent;
  endpoints: readonly Pick<WebhookEndpoint, 'id' | 'payloadVersion' | 'isSlow'>[];
}

/** Writes events, a delivery for each endpoint, and their jobs, in the caller's transaction. Returns the deliveries' ids. */
export async function recordDeliveries(
  { tx, queue }: { tx: Tx; queue: Queue },
  tenantId: string,
  addressed: readonly Addressed[],
): Promise<string[]> {
  const createdAt = new Date();
  const events: Prisma.WebhookEventCreateManyInput[] = [];
  const deliveries: Prisma.WebhookDeliveryCreateManyInput[] = [];
  const jobs: DeliveryJob[][] = [[], []];
  for (const { event, endpoints } of addressed) {
    const { type, data, subjectId } = event;
    const eventId = newUuid();
    events.push({ tenantId, id: eventId, type, subjectId, data: data as Prisma.InputJsonObject, createdAt });
    for (const endpoint of endpoints) {
      const deliveryId = newUuid();
      deliveries.push({
        tenantId,
        id: deliveryId,
        endpointId: endpoint.id,
        eventId,
        payloadVersion: endpoint.payloadVersion,
        createdAt,
        nextAttemptAt: createdAt,
      });
      const lane = laneOf(endpoint.id, endpoint);
      jobs[Number(endpoint.isSlow)]!.push({ tenantId, lane, deliveryId, series: 1, tries: 0 });
    }
  }
  if (deliveries.length === 0) return [];
  await tx.webhookEvent.createMany({ data: events });
  await tx.webhookDelivery.createMany({ data: deliveries });
  for (const [isSlow, some] of jobs.entries()) {
    if (some.length > 0) await queue.insert(tx, queueOf({ isSlow: isSlow === 1 }), some);
  }
  return deliveries.map(({ id }) => id);
}
