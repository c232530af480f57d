import type {
  DeliveryAttempt,
  Prisma,
  WebhookDelivery,
  WebhookDeliveryState,
  WebhookEndpoint,
} from '../database/generated/client.ts';
import type { EventType } from '../events/event-types.ts';
import type { Tx } from '../tenancy/tenant-db.ts';

/** All that is given must hold; ids are UUIDs. */
export interface DeliveryFilter {
  endpointId?: string | undefined;
  eventId?: string | undefined;
  eventType?: EventType | undefined;
  state?: WebhookDeliveryState | undefined;
  createdFrom?: Date | undefined;
  createdBefore?: Date | undefined;
}

/** `limit` rows beyond `cursor` (an id), the newest first; the oldest first where `backward`. */
export interface IdWindow {
  limit: number;
  cursor: string | null;
  backward: boolean;
}

/** One more row than `limit`, where there is one: it says that there is another page. */
export function findDeliveries(
  tx: Tx,
  tenantId: string,
  { eventType, createdFrom, createdBefore, ...filter }: DeliveryFilter,
  window: IdWindow,
): Promise<WebhookDelivery[]> {
  return tx.webhookDelivery.findMany({
    where: {
      tenantId,
      ...filter,
      createdAt: { gte: createdFrom, lt: createdBefore },
      ...(eventType && { event: { type: eventType } }),
      ...beyond(window),
    },
    ...inOrder(window),
  });
}

/** The same of endpoints. */
export function findEndpoints(tx: Tx, tenantId: string, window: IdWindow): Promise<WebhookEndpoint[]> {
  return tx.webhookEndpoint.findMany({ where: { tenantId, ...beyond(window) }, ...inOrder(window) });
}

/** The attempts of these deliveries, in order. */
export function readAttempts(
  tx: Tx,
  tenantId: string,
  deliveryIds: readonly string[],
): Promise<DeliveryAttempt[]> {
  return tx.deliveryAttempt.findMany({
    where: { tenantId, deliveryId: { in: [...deliveryIds] } },
    orderBy: [{ deliveryId: 'asc' }, { number: 'asc' }],
  });
}

function beyond({ cursor, backward }: IdWindow): { id?: Prisma.UuidFilter } {
  if (cursor === null) return {};
  return { id: backward ? { gt: cursor } : { lt: cursor } };
}

function inOrder({ limit, backward }: IdWindow) {
  return { orderBy: { id: backward ? ('asc' as const) : ('desc' as const) }, take: limit + 1 };
}
