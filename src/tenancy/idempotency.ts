import { createHash } from 'node:crypto';
import { Prisma } from '../database/generated/client.ts';
import { AppError } from '../errors.ts';
import type { TenantDb, Tx } from './tenant-db.ts';

/** How long a first answer is given again. */
const KEPT_MS = 24 * 60 * 60 * 1000;
/** How long a running request holds its key; after a crash the key is free again when this has passed. */
const LEASE_MS = 3 * 60 * 1000;

export interface IdempotentRequest {
  /** The caller's key; without one the work simply runs. */
  key: string | null | undefined;
  operation: string;
  /** Everything that makes the request what it is, as JSON. */
  input: unknown;
}

/** Writes the answer that a repeated request gets, in the transaction of the work itself. */
export type Complete = (tx: Tx, response: Prisma.InputJsonValue) => Promise<void>;

/**
 * Runs `work` once for a key: a repeated request gets `replay` of the first answer. `work` must call `complete`
 * in the transaction that makes its effects last. A failed run frees the key.
 * Throws IDEMPOTENCY_CONFLICT for another input, IDEMPOTENCY_IN_PROGRESS while the first still runs.
 */
export async function idempotently<T>(
  db: TenantDb,
  tenantId: string,
  request: IdempotentRequest,
  { work, replay }: { work: (complete: Complete) => Promise<T>; replay: (response: unknown) => Promise<T> },
): Promise<T> {
  const { key } = request;
  if (key === null || key === undefined) return work(async () => {});
  checkKey(key);
  const fingerprint = createHash('sha256')
    .update(JSON.stringify([request.operation, request.input], sortKeys))
    .digest();
  const leaseUntil = new Date(Date.now() + LEASE_MS);
  const claim = { tenantId, key, fingerprint, leaseUntil };
  const earlier = await db.withTenant(tenantId, (tx) => claimKey(tx, claim));
  if (earlier !== null) return replay(earlier);
  try {
    return await work((tx, response) => completeKey(tx, claim, response));
  } catch (error) {
    await db
      .withTenant(tenantId, (tx) => freeKey(tx, claim))
      .catch(() => {
        // The lease frees it; the error of the work is the one to tell.
      });
    throw error;
  }
}

/** Equal objects are equal text, in whichever order a client writes their keys. */
function sortKeys(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  // Without a prototype: a key `__proto__` of the caller's own making stays a key.
  const sorted: Record<string, unknown> = Object.create(null) as Record<string, unknown>;
  for (const key of Object.keys(value).toSorted()) sorted[key] = (value as Record<string, unknown>)[key];
  return sorted;
}

function checkKey(key: string): void {
  if (key.length < 1 || key.length > 200) {
    throw new AppError('INVALID_INPUT', {
      message: `An idempotency key has 1 to 200 characters; this one has ${key.length}.`,
      path: ['idempotencyKey'],
    });
  }
}

interface Claim {
  tenantId: string;
  key: string;
  fingerprint: Buffer;
  /** Tells this claim from that of a request that takes the key over. */
  leaseUntil: Date;
}

/** Null where the key is now ours, else the first answer. */
async function claimKey(tx: Tx, { tenantId, key, fingerprint, leaseUntil }: Claim): Promise<unknown> {
  const now = new Date();
  const expiresAt = new Date(now.getTime() + KEPT_MS);
  await tx.$executeRaw`delete from idempotency_key where tenant_id = ${tenantId}::uuid and expires_at < ${now}`;
  const claimed = await tx.$executeRaw`
    insert into idempotency_key as held (tenant_id, key, fingerprint, lease_until, expires_at)
    values (${tenantId}::uuid, ${key}, ${fingerprint}, ${leaseUntil}, ${expiresAt})
    on conflict (tenant_id, key) do update set lease_until = excluded.lease_until
    where held.response is null and held.lease_until < ${now} and held.fingerprint = excluded.fingerprint`;
  if (claimed === 1) return null;
  // It is there: whoever finds it taken has locked it, so that nobody frees it before this transaction ends.
  const held = await tx.idempotencyKey.findUniqueOrThrow({ where: { tenantId_key: { tenantId, key } } });
  if (!fingerprint.equals(held.fingerprint)) {
    throw new AppError('IDEMPOTENCY_CONFLICT', {
      message: `The idempotency key '${key}' was used with another input in the last 24 hours; use a new key for a new request.`,
      path: ['idempotencyKey'],
    });
  }
  if (held.response === null) {
    throw new AppError('IDEMPOTENCY_IN_PROGRESS', {
      message: `The first request with the idempotency key '${key}' is still running; ask again in a moment.`,
      path: ['idempotencyKey'],
    });
  }
  return held.response;
}

/** Only while the lease is ours: whoever was slow enough to be taken over has its work rolled back. */
async function completeKey(tx: Tx, { tenantId, key, leaseUntil }: Claim, response: Prisma.InputJsonValue) {
  const { count } = await tx.idempotencyKey.updateMany({
    where: { tenantId, key, leaseUntil, response: { equals: Prisma.DbNull } },
    data: { response, leaseUntil: null },
  });
  if (count === 1) return;
  throw new AppError('IDEMPOTENCY_IN_PROGRESS', {
    message: `The request was so slow that another one with the idempotency key '${key}' took over; ask again for its answer.`,
    path: ['idempotencyKey'],
  });
}

async function freeKey(tx: Tx, { tenantId, key, leaseUntil }: Claim) {
  await tx.idempotencyKey.deleteMany({
    where: { tenantId, key, leaseUntil, response: { equals: Prisma.DbNull } },
  });
}
