import type { InboundHook } from '../database/generated/client.ts';
import { AppError } from '../errors.ts';
import { HOOK_LIMITS } from '../limits.ts';
import { BURST_MS } from '../tenancy/allowance.ts';
import { chargeWork } from '../tenancy/charge.ts';
import type { Tx } from '../tenancy/tenant-db.ts';

/** Throws RATE_LIMITED where a hook has taken as much as it may for now: what waits for the tenant's quota piles up. */
export async function checkBacklog(tx: Tx, { tenantId, id: hookId }: InboundHook): Promise<void> {
  const pending = await tx.inboundMessage.count({ where: { tenantId, hookId, state: 'PENDING' } });
  if (pending <= HOOK_LIMITS.pending) return; // the new one among them
  throw limited(`${HOOK_LIMITS.pending} messages of this hook wait to be classified.`);
}

/**
 * Takes the images of a new message from the hook's own rate, in the transaction that takes the message. The tenant's
 * quotas are charged when they are classified. Throws RATE_LIMITED.
 */
export async function chargeHook(
  tx: Tx,
  { tenantId, id, imagesPerMinute }: InboundHook,
  weight: number,
): Promise<void> {
  const rates = [{ subjectId: id, imagesPerMinute, fullAt: 0 }];
  const allowance = {
    rates,
    imagesPerMonth: null,
    imagesThisMonth: 0,
    classificationsThisMonth: 0,
    isAnswered: false,
  };
  const work = { tenantId, allowance, weight, images: 0, classifications: 0, now: new Date() };
  if ((await chargeWork(tx, work)) === null) return;
  throw limited(`This hook may take ${imagesPerMinute} images a minute, and has.`);
}

function limited(what: string): AppError {
  const retryAfterMs = BURST_MS / 10;
  return new AppError('RATE_LIMITED', { message: `${what} Try again in ${retryAfterMs} ms.`, retryAfterMs });
}
