import { AppError } from '../errors.ts';
import { newUuid } from '../ids.ts';
import { BLOB_LIMITS } from '../limits.ts';
import type { BlobKind } from '../database/generated/client.ts';
import type { TenantDb, Tx } from '../tenancy/tenant-db.ts';
import { splitBySize } from './split-by-size.ts';

/** Bytes that outlive their request, up to a cap a tenant and kind. */
export interface BlobStore {
  /**
   * Keeps what came with a job for `BLOB_LIMITS.keptMs`; gives ids in order. Throws QUOTA_EXCEEDED, with none of them
   * kept, beyond the cap.
   */
  put(tenantId: string, contents: readonly Uint8Array[]): Promise<string[]>;
  /** The same in the transaction of what needs them, for a few at once. */
  putWithin(tx: Tx, tenantId: string, contents: readonly Uint8Array[]): Promise<string[]>;
  /** Keeps images by their ids, for this long after they came first. Answers how many found no room. */
  keep(tenantId: string, images: ReadonlyMap<string, Uint8Array>, keptMs: number): Promise<number>;
  /** Bytes of each, by id, of those that are there. */
  measure(tx: Tx, tenantId: string, ids: readonly string[]): Promise<Map<string, number>>;
  /** By id, those that are still there. All of them are in memory: `measure` first where they may be many. */
  read(tenantId: string, ids: readonly string[]): Promise<Map<string, Uint8Array>>;
  /** In the transaction of what makes them useless. */
  remove(tx: Tx, tenantId: string, ids: readonly string[]): Promise<void>;
  /** The same for any number of them, which `deleteExpired` deletes: 1 GB takes longer than a transaction may. */
  expire(tx: Tx, tenantId: string, ids: readonly string[]): Promise<void>;
  /** Deletes what has expired of a tenant. */
  deleteExpired(tenantId: string): Promise<void>;
  /** Deletes what has expired, and images that their tenant keeps no longer; answers how many. */
  sweep(now: Date, signal?: AbortSignal): Promise<number>;
}

export interface BlobStoreOptions {
  db: TenantDb;
  /** Default: BLOB_LIMITS. */
  limits?: typeof BLOB_LIMITS;
}

interface NewBlob {
  id: string;
  kind: BlobKind;
  bytes: Uint8Array;
  expiresAt: Date;
}

/** Blobs in Postgres: they are backed up, isolated and deleted as all other rows of a tenant. */
export function createBlobStore({ db, limits = BLOB_LIMITS }: BlobStoreOptions): BlobStore {
  const cap = limits.bytesPerTenant;
  const remove = async (tx: Tx, tenantId: string, ids: readonly string[]) =>
    void (await tx.blob.deleteMany({ where: { tenantId, id: { in: [...ids] } } }));

  /** How many of these fit; those that do are kept. */
  async function insertWithin(tx: Tx, tenantId: string, blobs: NewBlob[], kind: BlobKind): Promise<number> {
    let room = cap - (await lockAndMeasure(tx, tenantId, kind));
    let kept = 0;
    for (const blob of blobs) {
      if (blob.bytes.length > room) continue;
      room -= blob.bytes.length;
      await insertBlob(tx, tenantId, blob);
      kept += 1;
    }
    return kept;
  }

  /** The same, each batch in a transaction of its own. */
  async function insert(tenantId: string, blobs: NewBlob[], kind: BlobKind): Promise<number> {
    let kept = 0;
    for (const batch of splitBySize(blobs, ({ bytes }) => bytes.length)) {
      kept += await db.withTenant(tenantId, (tx) => insertWithin(tx, tenantId, batch, kind));
    }
    return kept;
  }

  async function deleteAll(tenantId: string, over: Over, signal?: AbortSignal): Promise<number> {
    let deleted = 0;
    for (let count = DELETED_AT_ONCE; count === DELETED_AT_ONCE; deleted += count) {
      if (signal?.aborted) break;
      count = await db.withTenant(tenantId, (tx) => deleteSome(tx, tenantId, over));
    }
    return deleted;
  }

  function toInputs(contents: readonly Uint8Array[]): NewBlob[] {
    const expiresAt = new Date(Date.now() + limits.keptMs);
    return contents.map((bytes) => ({ id: newUuid(), kind: 'JOB_INPUT', bytes, expiresAt }));
  }

  return {
    async put(tenantId, contents) {
      const blobs = toInputs(contents);
      const ids = blobs.map(({ id }) => id);
      try {
        const kept = await insert(tenantId, blobs, 'JOB_INPUT');
        if (kept < blobs.length) throw noRoom(cap, contents);
        return ids;
      } catch (error) {
        await db.withTenant(tenantId, (tx) => remove(tx, tenantId, ids));
        throw error;
      }
    },
    async putWithin(tx, tenantId, contents) {
      const blobs = toInputs(contents);
      const kept = await insertWithin(tx, tenantId, blobs, 'JOB_INPUT');
      if (kept < blobs.length) throw noRoom(cap, contents);
      return blobs.map(({ id }) => id);
    },
    async keep(tenantId, images, keptMs) {
      const now = new Date();
      const where = { tenantId, id: { in: [...images.keys()] }, expiresAt: { gt: now } };
      const there = await db.withTenant(tenantId, (tx) => tx.blob.findMany({ where, select: { id: true } }));
      const known = new Set(there.map(({ id }) => id));
      const expiresAt = new Date(now.getTime() + keptMs);
      const blobs = [...images]
        .filter(([id]) => !known.has(id))
        .map(([id, bytes]) => ({ id, kind: 'IMAGE' as const, bytes, expiresAt }));
      return blobs.length - (await insert(tenantId, blobs, 'IMAGE'));
    },
    async measure(tx, tenantId, ids) {
      const where = { tenantId, id: { in: [...ids] } };
      const rows = await tx.blob.findMany({ where, select: { id: true, sizeBytes: true } });
      return new Map(rows.map(({ id, sizeBytes }) => [id, sizeBytes]));
    },
    async read(tenantId, ids) {
      const where = { tenantId, id: { in: [...ids] }, expiresAt: { gt: new Date() } };
      const rows = await db.withTenant(tenantId, (tx) => tx.blob.findMany({ where }));
      return new Map(rows.map(({ id, data }) => [id, data]));
    },
    remove,
    async expire(tx, tenantId, ids) {
      const where = { tenantId, id: { in: [...ids] } };
      await tx.blob.updateMany({ where, data: { expiresAt: new Date() } });
    },
    async deleteExpired(tenantId) {
      await deleteAll(tenantId, { now: new Date(), madeUntil: null });
    },
    async sweep(now, signal) {
      const tenants = await db.withOperator((tx) =>
        tx.tenant.findMany({ select: { id: true, imagesKeptDays: true } }),
      );
      let deleted = 0;
      for (const { id, imagesKeptDays } of tenants) {
        if (signal?.aborted) break;
        const madeUntil = new Date(now.getTime() - (imagesKeptDays ?? 0) * DAY_MS);
        deleted += await deleteAll(id, { now, madeUntil }, signal);
      }
      return deleted;
    },
  };
}

const DAY_MS = 86_400_000;
/** Blobs that one transaction deletes: it has some seconds, also where each is as large as an image may be. */
const DELETED_AT_ONCE = 10;

/** Whose time is over: what has expired by `now`, and images made until `madeUntil`. */
interface Over {
  now: Date;
  madeUntil: Date | null;
}

/** Answers how many it has deleted, at most DELETED_AT_ONCE. */
function deleteSome(tx: Tx, tenantId: string, { now, madeUntil }: Over): Promise<number> {
  return tx.$executeRaw`
    with expired as (
      select id from blob where tenant_id = ${tenantId}::uuid
        and (expires_at <= ${now} or kind = 'IMAGE' and created_at <= ${madeUntil}::timestamptz)
      limit ${DELETED_AT_ONCE} for update skip locked
    )
    delete from blob b using expired e where b.tenant_id = ${tenantId}::uuid and b.id = e.id`;
}

/** Two at once wait for each other, so that they cannot both take the last of the room. Gives the bytes that are kept. */
async function lockAndMeasure(tx: Tx, tenantId: string, kind: BlobKind): Promise<number> {
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`blob ${tenantId}`}, 0))::text`;
  const { _sum } = await tx.blob.aggregate({ where: { tenantId, kind }, _sum: { sizeBytes: true } });
  return _sum.sizeBytes ?? 0;
}

/** One that is there already stays as it is, unless its time is over. */
async function insertBlob(tx: Tx, tenantId: string, { id, kind, bytes, expiresAt }: NewBlob): Promise<void> {
  await tx.$executeRaw`
    insert into blob (tenant_id, id, kind, data, size_bytes, created_at, expires_at)
    values (${tenantId}::uuid, ${id}::uuid, ${kind}::blob_kind, ${Buffer.from(bytes)}, ${bytes.length}, ${new Date()},
      ${expiresAt})
    on conflict (tenant_id, id) do update set created_at = excluded.created_at, expires_at = excluded.expires_at
    where blob.expires_at <= now()`;
}

function noRoom(cap: number, contents: readonly Uint8Array[]): AppError {
  const bytes = contents.reduce((sum, { length }) => sum + length, 0);
  return new AppError('QUOTA_EXCEEDED', {
    message: `The images of a tenant's jobs may take ${cap} bytes together; there is no room for these ${bytes} more. Wait until jobs have ended, or name images by URL.`,
    details: { blobBytesPerTenant: cap },
  });
}
