import type { WebhookEndpoint } from '../database/generated/client.ts';
import type { Vault } from '../tenancy/vault.ts';

type Sealed = Pick<
  WebhookEndpoint,
  'tenantId' | 'id' | 'secret' | 'previousSecret' | 'previousSecretExpiresAt'
>;

const placeOf = ({ tenantId, id }: { tenantId: string; id: string }) => `webhook_endpoint ${tenantId} ${id}`;

/** A secret as it is stored: it opens for this endpoint only. */
export function sealSecret(vault: Vault, endpoint: { tenantId: string; id: string }, secret: string) {
  return vault.seal(secret, placeOf(endpoint));
}

/** The secrets that sign now: the newest, and the one before it until that expires. Throws WrongKeyError. */
export function openSecrets(vault: Vault, endpoint: Sealed, now: Date): string[] {
  const { secret, previousSecret, previousSecretExpiresAt: expiresAt } = endpoint;
  const sealed = previousSecret && expiresAt && expiresAt > now ? [secret, previousSecret] : [secret];
  return sealed.map((one) => vault.open(one, placeOf(endpoint)));
}
