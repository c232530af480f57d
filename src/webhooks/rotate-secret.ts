import type { WebhookEndpoint } from '../database/generated/client.ts';
import { AppError } from '../errors.ts';
import { lockEndpoint, type EndpointServices } from './endpoints.ts';
import { makeSigningSecret } from './sign.ts';
import { sealSecret } from './signing-secrets.ts';

const MAX_OVERLAP_SECONDS = 7 * 86_400;

/**
 * A new signing secret, this once. The one before it signs beside it for `overlapSeconds`, so that receivers can be
 * changed over; older ones end now. Throws NOT_FOUND, INVALID_INPUT.
 */
export async function rotateSecret(
  { db, vault }: Pick<EndpointServices, 'db' | 'vault'>,
  tenantId: string,
  { id, overlapSeconds }: { id: string; overlapSeconds: number },
): Promise<{ endpoint: WebhookEndpoint; secret: string }> {
  if (!(overlapSeconds >= 0 && overlapSeconds <= MAX_OVERLAP_SECONDS)) {
    throw new AppError('INVALID_INPUT', {
      message: `Two secrets overlap for 0 to ${MAX_OVERLAP_SECONDS} seconds; got ${overlapSeconds}.`,
      path: ['overlapSeconds'],
    });
  }
  const secret = makeSigningSecret();
  const now = Date.now();
  const endpoint = await db.withTenant(tenantId, async (tx) => {
    const { secret: before } = await lockEndpoint(tx, tenantId, id);
    const overlaps = overlapSeconds > 0;
    return tx.webhookEndpoint.update({
      where: { tenantId_id: { tenantId, id } },
      data: {
        secret: sealSecret(vault, { tenantId, id }, secret),
        previousSecret: overlaps ? before : null,
        previousSecretExpiresAt: overlaps ? new Date(now + overlapSeconds * 1000) : null,
        updatedAt: new Date(now),
      },
    });
  });
  return { endpoint, secret };
}
