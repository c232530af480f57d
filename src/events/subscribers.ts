import type { Tx } from '../tenancy/tenant-db.ts';
import type { EventType, NewEvent } from './event-types.ts';

/** An endpoint that wants events, as far as it must be known to pick them. */
export interface Subscriber {
  id: string;
  eventTypes: string[];
  taxonomyId: string | null;
  labelKey: string | null;
  minScore: number | null;
  payloadVersion: number;
  isSlow: boolean;
}

/** The enabled endpoints that want one of these types. They cannot be deleted before the transaction ends. */
export async function findSubscribers(
  tx: Tx,
  tenantId: string,
  types: readonly EventType[],
): Promise<Subscriber[]> {
  return tx.$queryRaw`
    select id, event_types as "eventTypes", taxonomy_id as "taxonomyId", label_key as "labelKey",
      min_score as "minScore", payload_version as "payloadVersion", is_slow as "isSlow"
    from webhook_endpoint
    where tenant_id = ${tenantId}::uuid and disabled_at is null and event_types && ${[...types]}::text[]
    order by id
    for key share`;
}

/** Whether an endpoint wants this event. Label and score are those of the best prediction, where there are any. */
export function wants(subscriber: Subscriber, { type, about }: NewEvent): boolean {
  const { eventTypes, taxonomyId, labelKey, minScore } = subscriber;
  if (!eventTypes.includes(type)) return false;
  if (taxonomyId !== null && about.taxonomyId !== null && about.taxonomyId !== taxonomyId) return false;
  if (about.top === undefined) return true;
  if (labelKey !== null && !about.top?.path.includes(labelKey)) return false;
  return minScore === null || (about.top !== null && about.top.score >= minScore);
}
