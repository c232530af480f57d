import type { InboundHook, InboundMessage, InboundMessageState } from '../database/generated/client.ts';
import type { Tx } from '../tenancy/tenant-db.ts';

/** One more row than `limit`, where there is one, the newest first; the oldest first where `backward`. */
export function findMessages(
  tx: Tx,
  { tenantId, id: hookId }: Pick<InboundHook, 'tenantId' | 'id'>,
  state: InboundMessageState | undefined,
  { limit, cursor, backward }: { limit: number; cursor: string | null; backward: boolean },
): Promise<InboundMessage[]> {
  return tx.inboundMessage.findMany({
    where: {
      tenantId,
      hookId,
      ...(state && { state }),
      ...(cursor !== null && { id: backward ? { gt: cursor } : { lt: cursor } }),
    },
    orderBy: { id: backward ? 'asc' : 'desc' },
    take: limit + 1,
  });
}
