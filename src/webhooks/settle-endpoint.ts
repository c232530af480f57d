import type { WebhookEndpoint } from '../database/generated/client.ts';
import { WEBHOOK_LIMITS } from '../limits.ts';
import type { Tx } from '../tenancy/tenant-db.ts';
import { MAX_FAILING_MS } from './schedule.ts';
import type { AttemptOutcome } from './send-attempt.ts';

/** What is known of how an endpoint fares. */
export type EndpointHealth = Pick<
  WebhookEndpoint,
  'tenantId' | 'id' | 'failingSince' | 'isSlow' | 'disabledAt'
>;

/**
 * Notes how an endpoint fares; one that says that it is gone, or has failed too long, is disabled: with the notice
 * that is returned. Almost always there is nothing to write.
 */
export async function settleEndpoint(
  tx: Tx,
  { tenantId, id, failingSince, isSlow, disabledAt }: EndpointHealth,
  { error, response, durationMs }: AttemptOutcome,
  now: Date,
): Promise<string | null> {
  const failing = error === null ? null : (failingSince ?? now);
  const slow = error !== null || durationMs > WEBHOOK_LIMITS.slowMs;
  const notice = disabledAt === null ? noticeOf(response?.status, failing, now) : null;
  if (failing?.getTime() === failingSince?.getTime() && slow === isSlow && notice === null) return null;
  await tx.webhookEndpoint.updateMany({
    where: { tenantId, id },
    data: { failingSince: failing, isSlow: slow, ...(notice !== null && { disabledAt: now, notice }) },
  });
  return notice;
}

function noticeOf(status: number | undefined, failingSince: Date | null, now: Date): string | null {
  if (status === 410) return 'Disabled: the endpoint answered 410, which says that it is gone.';
  if (failingSince === null || now.getTime() - failingSince.getTime() < MAX_FAILING_MS) return null;
  return `Disabled: every attempt since ${failingSince.toISOString()} has failed.`;
}
