import type { ApiKey } from '../database/generated/client.ts';
import { AppError } from '../errors.ts';
import { newUuid } from '../ids.ts';
import { isUsable } from './authenticate.ts';
import { checkLimit } from './check-limit.ts';
import { checkName } from './check-name.ts';
import { noSuchTenant, requireNamedTenant, type GivenTenant } from './named-tenant.ts';
import { hashSecret, makeApiKeySecret } from './secrets.ts';
import type { TenantDb, Tx } from './tenant-db.ts';
import { requireKey, type Scope, type Viewer } from './viewer.ts';

export interface NewApiKey {
  apiKey: ApiKey;
  /** Shown once: only its hash is stored. */
  secret: string;
}

export interface ApiKeyInput {
  name: string;
  scopes: readonly Scope[];
  expiresAt?: Date | null | undefined;
  /** Its own rate, beside that of the tenant. */
  imagesPerMinute?: number | null | undefined;
}

/**
 * Creates an API key. Its maker has ADMIN, which holds every scope: so nobody gives what they lack.
 * Throws INVALID_INPUT.
 */
export async function createApiKey(db: TenantDb, tenantId: string, input: ApiKeyInput): Promise<NewApiKey> {
  checkApiKeyInput(input);
  return db.withTenant(tenantId, (tx) => insertApiKey(tx, tenantId, input));
}

/**
 * The same for whoever asks: the operator for any tenant, which `tenantId` names (one that has lost its keys has no other
 * way back), a key of scope ADMIN for its own. Throws INVALID_INPUT, NOT_FOUND, FORBIDDEN.
 */
export async function createApiKeyAs(
  db: TenantDb,
  viewer: Viewer,
  { tenantId: given, ...input }: ApiKeyInput & { tenantId: GivenTenant },
): Promise<NewApiKey> {
  const tenantId = requireNamedTenant(viewer, given, 'tenantId');
  if (viewer.kind !== 'operator') {
    requireKey(viewer);
    return createApiKey(db, tenantId, input);
  }
  checkApiKeyInput(input);
  const create = async (tx: Tx) => {
    if (!(await tx.tenant.findUnique({ where: { id: tenantId } }))) throw noSuchTenant('tenantId');
    return insertApiKey(tx, tenantId, input);
  };
  return db.withOperator(create, { tenantId });
}

/** Writes a key whose input is checked, within a transaction that is open already. */
export async function insertApiKey(tx: Tx, tenantId: string, input: ApiKeyInput): Promise<NewApiKey> {
  const secret = makeApiKeySecret(tenantId);
  const apiKey = await tx.apiKey.create({
    data: {
      tenantId,
      id: newUuid(),
      name: input.name,
      scopes: [...new Set(input.scopes)],
      secretHash: hashSecret(secret),
      hint: secret.slice(-4),
      expiresAt: input.expiresAt ?? null,
      imagesPerMinute: input.imagesPerMinute ?? null,
    },
  });
  return { apiKey, secret };
}

/**
 * Makes a successor with the same name, scopes, rate and lifetime. The first key works on until it is revoked.
 * Throws NOT_FOUND, and INVALID_INPUT for a revoked key: what was taken away does not come back by rotation.
 */
export async function rotateApiKey(db: TenantDb, tenantId: string, id: string | null): Promise<NewApiKey> {
  return db.withTenant(tenantId, async (tx) => {
    const key = await findApiKey(tx, tenantId, id);
    if (key.revokedAt !== null) {
      throw new AppError('INVALID_INPUT', {
        message: 'The key is revoked and cannot be rotated; create a new one with createApiKey.',
        path: ['id'],
      });
    }
    const lifetimeMs = key.expiresAt === null ? null : key.expiresAt.getTime() - key.createdAt.getTime();
    const expiresAt = lifetimeMs === null ? null : new Date(Date.now() + lifetimeMs);
    const { name, imagesPerMinute } = key;
    return insertApiKey(tx, tenantId, { name, scopes: key.scopes as Scope[], expiresAt, imagesPerMinute });
  });
}

/**
 * Makes a key useless from the next request on; again, it changes nothing. Throws NOT_FOUND, and INVALID_INPUT
 * where no usable key of scope ADMIN would be left: nobody could make another.
 */
export async function revokeApiKey(db: TenantDb, tenantId: string, id: string | null): Promise<ApiKey> {
  return db.withTenant(tenantId, async (tx) => {
    // Of two that revoke each other's last key, the second must see what the first did.
    await tx.$queryRaw`select id from api_key where 'ADMIN' = any(scopes) order by id for update`;
    const key = await findApiKey(tx, tenantId, id);
    if (key.revokedAt !== null) return key;
    const admins = await tx.apiKey.findMany({
      where: { tenantId, scopes: { has: 'ADMIN' }, id: { not: key.id } },
    });
    if (key.scopes.includes('ADMIN') && !admins.some((admin) => isUsable(admin, Date.now()))) {
      throw new AppError('INVALID_INPUT', {
        message:
          'This is the last usable key with the scope ADMIN. Create or rotate to another one first, then revoke this one with it.',
        path: ['id'],
      });
    }
    const where = { tenantId_id: { tenantId, id: key.id } };
    return tx.apiKey.update({ where, data: { revokedAt: new Date() } });
  });
}

function checkApiKeyInput({ name, scopes, expiresAt, imagesPerMinute }: ApiKeyInput): void {
  checkName(name);
  checkLimit('imagesPerMinute', imagesPerMinute, ['imagesPerMinute']);
  if (scopes.length === 0) {
    throw new AppError('INVALID_INPUT', { message: 'A key needs at least one scope.', path: ['scopes'] });
  }
  if (expiresAt && expiresAt.getTime() <= Date.now()) {
    throw new AppError('INVALID_INPUT', {
      message: `'expiresAt' must lie in the future; got ${expiresAt.toISOString()}.`,
      path: ['expiresAt'],
    });
  }
}

async function findApiKey(tx: Tx, tenantId: string, id: string | null): Promise<ApiKey> {
  const key = id && (await tx.apiKey.findUnique({ where: { tenantId_id: { tenantId, id } } }));
  if (!key) throw new AppError('NOT_FOUND', { message: 'There is no API key with this id.', path: ['id'] });
  return key;
}
