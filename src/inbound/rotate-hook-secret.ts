import type { InboundHook } from '../database/generated/client.ts';
import { checkRange } from '../classification/classify-input.ts';
import { HOOK_LIMITS } from '../limits.ts';
import { lockHook, type HookServices } from './hooks.ts';
import { chooseSecret, sealHookSecret } from './hook-secrets.ts';

export interface Rotation {
  id: string;
  overlapSeconds: number;
  /** The one that the sender has already; else one is made. */
  secret?: string | null | undefined;
}

/**
 * A new secret, this once. The one before it is good beside it for `overlapSeconds`, so that the sender can be changed
 * over; older ones end now. Throws NOT_FOUND, INVALID_INPUT.
 */
export async function rotateHookSecret(
  { db, vault }: HookServices,
  tenantId: string,
  { id, overlapSeconds, secret: given }: Rotation,
): Promise<{ hook: InboundHook; secret: string }> {
  checkRange('overlapSeconds', overlapSeconds, {
    min: 0,
    max: HOOK_LIMITS.maxOverlapSeconds,
    unit: 'seconds',
  });
  const now = Date.now();
  return db.withTenant(tenantId, async (tx) => {
    const { scheme, secret: before } = await lockHook(tx, tenantId, id);
    const secret = chooseSecret(scheme, given);
    const overlaps = overlapSeconds > 0;
    const hook = await tx.inboundHook.update({
      where: { tenantId_id: { tenantId, id } },
      data: {
        secret: sealHookSecret(vault, { tenantId, id }, secret),
        previousSecret: overlaps ? before : null,
        previousSecretExpiresAt: overlaps ? new Date(now + overlapSeconds * 1000) : null,
        updatedAt: new Date(now),
      },
    });
    return { hook, secret };
  });
}
