import type { InboundMessage } from '../database/generated/client.ts';
import { AppError } from '../errors.ts';
import { createSettlement } from '../jobs/settlement.ts';
import type { TenantDb } from '../tenancy/tenant-db.ts';

const settlement = createSettlement();

/** Wakes whoever waits for the message in this process. */
export function announceMessage(id: string): void {
  settlement.announce(id);
}

/**
 * The message once it has ended, or as it is when `waitMs` have passed or the signal aborts. Throws NOT_FOUND where it
 * went away with its hook.
 */
export function awaitMessage(
  db: TenantDb,
  message: InboundMessage,
  { waitMs, signal }: { waitMs: number; signal: AbortSignal },
): Promise<InboundMessage> {
  const { tenantId, id } = message;
  return settlement.wait({
    id,
    read: async () => {
      const where = { tenantId_id: { tenantId, id } };
      const found = await db.withTenant(tenantId, (tx) => tx.inboundMessage.findUnique({ where }));
      if (found) return found;
      throw new AppError('NOT_FOUND', { message: 'The hook was deleted, and the message with it.' });
    },
    isSettled: ({ state }) => state !== 'PENDING',
    waitMs,
    signal,
  });
}
