import { timingSafeEqual } from 'node:crypto';
import type { ApiKey } from '../database/generated/client.ts';
import { AppError } from '../errors.ts';
import { hashSecret, parseApiKeySecret } from './secrets.ts';
import type { TenantDb } from './tenant-db.ts';
import type { Scope, Viewer } from './viewer.ts';

export interface Authenticator {
  /** Who a request's `Authorization` header speaks for. Throws UNAUTHENTICATED. */
  authenticate(authorization: string | undefined): Promise<Viewer>;
}

export interface AuthenticatorOptions {
  db: TenantDb;
  /** SHA-256 of the operator key. */
  operatorKeyHash: Uint8Array;
  /** Milliseconds since the epoch. */
  now?: () => number;
}

/** `lastUsedAt` is true to this: one write in a minute, not one for every request. */
const LAST_USED_STEP_MS = 60_000;
const BEARER = /^Bearer +([^\s]+) *$/i;

/** Nothing is cached: a key that is revoked fails with the next request, in every process. */
export function createAuthenticator({
  db,
  operatorKeyHash,
  now = Date.now,
}: AuthenticatorOptions): Authenticator {
  const findKey = (tenantId: string, secret: string): Promise<ApiKey | null> =>
    db.withTenant(tenantId, async (tx) => {
      const secretHash = hashSecret(secret);
      const key = await tx.apiKey.findUnique({ where: { tenantId_secretHash: { tenantId, secretHash } } });
      if (key && isUsable(key, now()) && now() - (key.lastUsedAt?.getTime() ?? 0) >= LAST_USED_STEP_MS) {
        const lastUsedAt = new Date(now());
        await tx.apiKey.update({ where: { tenantId_id: { tenantId, id: key.id } }, data: { lastUsedAt } });
      }
      return key;
    });

  return {
    async authenticate(authorization) {
      const secret = BEARER.exec(authorization ?? '')?.[1];
      if (secret === undefined)
        throw unauthenticated("This needs the header 'Authorization: Bearer <API key>'.");
      if (timingSafeEqual(hashSecret(secret), operatorKeyHash)) return { kind: 'operator' };
      const named = parseApiKeySecret(secret);
      const key = named && (await findKey(named.tenantId, secret));
      if (!key || !isUsable(key, now())) {
        throw unauthenticated(
          'The API key is unknown, expired or revoked; or a part of it was lost in copying.',
        );
      }
      return { kind: 'key', tenantId: key.tenantId, apiKeyId: key.id, scopes: key.scopes as Scope[] };
    },
  };
}

/** Whether a key works at this time. */
export function isUsable({ revokedAt, expiresAt }: ApiKey, nowMs: number): boolean {
  return revokedAt === null && (expiresAt === null || expiresAt.getTime() > nowMs);
}

function unauthenticated(message: string): AppError {
  return new AppError('UNAUTHENTICATED', { message });
}
