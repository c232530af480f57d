import { timingSafeEqual } from 'node:crypto';
import type { ApiKey, Prisma } from '../database/generated/client.ts';
import { AppError } from '../errors.ts';
import type { AccessTokens } from './access-tokens.ts';
import { hashSecret, parseApiKeySecret } from './secrets.ts';
import type { KnownTenants } from './known-tenants.ts';
import type { TenantDb, Tx } from './tenant-db.ts';
import type { KeyViewer, Scope, Viewer } from './viewer.ts';

export interface Authenticator {
  /** Who a request's `Authorization` header speaks for. Throws UNAUTHENTICATED. */
  authenticate(authorization: string | undefined): Promise<Viewer>;
}

export interface AuthenticatorOptions {
  db: TenantDb;
  accessTokens: AccessTokens;
  knownTenants: KnownTenants;
  /** SHA-256 of the operator key. */
  operatorKeyHash: Uint8Array;
  /** Milliseconds since the epoch. */
  now?: () => number;
}

/** `lastUsedAt` is true to this: one write in a minute, not one for every request. */
const LAST_USED_STEP_MS = 60_000;
const BEARER = /^Bearer +([^\s]+) *$/i;

/** A key as the request's transaction finds it. */
type FoundKey = ApiKey & { tenant: { trustedDocumentsOnly: boolean } };

/** The secret of an `Authorization` header, if it has one. */
export function readBearer(authorization: string | undefined): string | undefined {
  return BEARER.exec(authorization ?? '')?.[1];
}

/** Nothing is cached: a key that is revoked fails with the next request, in every process, and its tokens with it. */
export function createAuthenticator(options: AuthenticatorOptions): Authenticator {
  const { operatorKeyHash } = options;
  return {
    async authenticate(authorization) {
      const secret = readBearer(authorization);
      if (secret === undefined)
        throw unauthenticated("This needs the header 'Authorization: Bearer <API key or access token>'.");
      if (timingSafeEqual(hashSecret(secret), operatorKeyHash)) return { kind: 'operator' };
      return (await viewerOfKey(options, secret)) ?? (await viewerOfToken(options, secret)) ?? refuse();
    },
  };
}

async function viewerOfKey(options: AuthenticatorOptions, secret: string): Promise<KeyViewer | null> {
  const named = parseApiKeySecret(secret);
  if (!named) return null;
  const secretHash = hashSecret(secret);
  const key = await findKey(options, named.tenantId, {
    tenantId_secretHash: { tenantId: named.tenantId, secretHash },
  });
  return key && toViewer(key, key.scopes as Scope[]);
}

/** A token is worth what its key is worth at this moment. */
async function viewerOfToken(options: AuthenticatorOptions, secret: string): Promise<KeyViewer | null> {
  const token = options.accessTokens.verify(secret);
  if (!token) return null;
  const { tenantId, apiKeyId, scopes, expiresAt, origins } = token;
  const key = await findKey(options, tenantId, { tenantId_id: { tenantId, id: apiKeyId } });
  if (!key) return null;
  const viewer = toViewer(key, scopes);
  const isSooner = viewer.expiresAt === null || expiresAt < viewer.expiresAt;
  return { ...viewer, ...(isSooner && { expiresAt }), token: { expiresAt, origins } };
}

/** The key, if it works now; with its last use noted. */
async function findKey(
  { db, knownTenants, now = Date.now }: AuthenticatorOptions,
  tenantId: string,
  where: Prisma.ApiKeyWhereUniqueInput,
): Promise<FoundKey | null> {
  const find = async (tx: Tx) => {
    const include = { tenant: { select: { trustedDocumentsOnly: true } } };
    const key = await tx.apiKey.findUnique({ where, include });
    if (!key || !isUsable(key, now())) return null;
    if (now() - (key.lastUsedAt?.getTime() ?? 0) >= LAST_USED_STEP_MS) {
      const lastUsedAt = new Date(now());
      await tx.apiKey.update({ where: { tenantId_id: { tenantId, id: key.id } }, data: { lastUsedAt } });
    }
    return key;
  };
  const key = await db.withTenant(tenantId, find, { turn: knownTenants.turnOf(tenantId) });
  if (key) knownTenants.add(tenantId);
  return key;
}

function toViewer({ tenantId, id, tenant, expiresAt }: FoundKey, scopes: readonly Scope[]): KeyViewer {
  const { trustedDocumentsOnly } = tenant;
  return { kind: 'key', tenantId, apiKeyId: id, scopes, trustedDocumentsOnly, expiresAt };
}

function refuse(): never {
  throw unauthenticated(
    'The credential is unknown, expired or revoked; or a part of it was lost in copying.',
  );
}

/** Whether a key works at this time. */
export function isUsable({ revokedAt, expiresAt }: ApiKey, nowMs: number): boolean {
  return revokedAt === null && (expiresAt === null || expiresAt.getTime() > nowMs);
}

function unauthenticated(message: string): AppError {
  return new AppError('UNAUTHENTICATED', { message });
}
