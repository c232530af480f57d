import { randomBytes } from 'node:crypto';
import type { InboundHook, InboundHookScheme } from '../database/generated/client.ts';
import { AppError } from '../errors.ts';
import type { Vault } from '../tenancy/vault.ts';

const SECRET_BYTES = 32;
const STANDARD = /^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/;
const OTHER = /^[\x21-\x7e]{16,200}$/;

/** The secret of a hook: the one that its sender has already, or a new one. Throws INVALID_INPUT. */
export function chooseSecret(scheme: InboundHookScheme, given: string | null | undefined): string {
  if (typeof given === 'string') return checkSecret(scheme, given);
  const bytes = randomBytes(SECRET_BYTES);
  if (scheme === 'STANDARD_WEBHOOKS') return `whsec_${bytes.toString('base64')}`;
  return bytes.toString('base64url');
}

function checkSecret(scheme: InboundHookScheme, secret: string): string {
  const isStandard = scheme === 'STANDARD_WEBHOOKS';
  if ((isStandard ? STANDARD : OTHER).test(secret)) return secret;
  throw new AppError('INVALID_INPUT', {
    message: isStandard
      ? "A secret of Standard Webhooks is 'whsec_' and 24 to 64 bytes in base64."
      : 'A secret has 16 to 200 visible ASCII characters without spaces.',
    path: ['secret'],
  });
}

type Place = Pick<InboundHook, 'tenantId' | 'id'>;
type Sealed = Place & Pick<InboundHook, 'secret' | 'previousSecret' | 'previousSecretExpiresAt'>;

const placeOf = ({ tenantId, id }: Place) => `inbound_hook ${tenantId} ${id}`;

/** A secret as it is stored: it opens for this hook only. */
export function sealHookSecret(vault: Vault, hook: Place, secret: string): Uint8Array<ArrayBuffer> {
  return vault.seal(secret, placeOf(hook));
}

/** The secrets that are good now: the newest, and the one before it until that expires. Throws WrongKeyError. */
export function openHookSecrets(vault: Vault, hook: Sealed, now: Date): string[] {
  const { secret, previousSecret, previousSecretExpiresAt: expiresAt } = hook;
  const sealed = previousSecret && expiresAt && expiresAt > now ? [secret, previousSecret] : [secret];
  return sealed.map((one) => vault.open(one, placeOf(hook)));
}
