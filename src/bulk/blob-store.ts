import { AppError } from '../errors.ts';
import { newUuid } from '../ids.ts';
import { BLOB_LIMITS } from '../limits.ts';
import type { TenantDb, Tx } from '../tenancy/tenant-db.ts';

/** Bytes that outlive their request: kept for `BLOB_LIMITS.keptMs`, and up to a cap a tenant. */
export interface BlobStore {
  /** The ids of the blobs, in order. Throws QUOTA_EXCEEDED, with none of them kept, beyond the tenant's cap. */
  put(tenantId: string, blobs: readonly Uint8Array[]): Promise<string[]>;
  /** The same in the transaction of what needs them. */
  putWithin(tx: Tx, tenantId: string, blobs: readonly Uint8Array[]): Promise<string[]>;
  /** By id, those that are still there. */
  read(tenantId: string, ids: readonly string[]): Promise<Map<string, Uint8Array>>;
  /** In the transaction of what makes them useless. */
  remove(tx: Tx, tenantId: string, ids: readonly string[]): Promise<void>;
  /** Deletes what has expired; answers how many. */
  sweep(now: Date, signal?: AbortSignal): Promise<number>;
}

export interface BlobStoreOptions {
  db: TenantDb;
  /** Default: BLOB_LIMITS. */
  limits?: typeof BLOB_LIMITS;
}

/** Blobs in Postgres: they are backed up, isolated and deleted as all other rows of a tenant. */
export function createBlobStore({ db, limits = BLOB_LIMITS }: BlobStoreOptions): BlobStore {
  const putWithin: BlobStore['putWithin'] = async (tx, tenantId, blobs) => {
    await checkRoom(tx, tenantId, { bytes: sizeOf(blobs), cap: limits.bytesPerTenant });
    const expiresAt = new Date(Date.now() + limits.keptMs);
    const rows = blobs.map((data) => ({
      tenantId,
      id: newUuid(),
      data: Uint8Array.from(data),
      sizeBytes: data.length,
      expiresAt,
    }));
    for (const row of rows) await tx.blob.create({ data: row, select: { id: true } });
    return rows.map(({ id }) => id);
  };
  return {
    put: (tenantId, blobs) => db.withTenant(tenantId, (tx) => putWithin(tx, tenantId, blobs)),
    putWithin,
    async read(tenantId, ids) {
      const where = { tenantId, id: { in: [...ids] }, expiresAt: { gt: new Date() } };
      const rows = await db.withTenant(tenantId, (tx) => tx.blob.findMany({ where }));
      return new Map(rows.map(({ id, data }) => [id, data]));
    },
    async remove(tx, tenantId, ids) {
      await tx.blob.deleteMany({ where: { tenantId, id: { in: [...ids] } } });
    },
    async sweep(now, signal) {
      const tenants = await db.withOperator((tx) => tx.tenant.findMany({ select: { id: true } }));
      let deleted = 0;
      for (const { id: tenantId } of tenants) {
        if (signal?.aborted) break;
        const where = { tenantId, expiresAt: { lte: now } };
        deleted += (await db.withTenant(tenantId, (tx) => tx.blob.deleteMany({ where }))).count;
      }
      return deleted;
    },
  };
}

/** Two at once wait for each other, so that they cannot both take the last of the room. */
async function checkRoom(
  tx: Tx,
  tenantId: string,
  { bytes, cap }: { bytes: number; cap: number },
): Promise<void> {
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`blob ${tenantId}`}, 0))::text`;
  const { _sum } = await tx.blob.aggregate({ where: { tenantId }, _sum: { sizeBytes: true } });
  const kept = _sum.sizeBytes ?? 0;
  if (kept + bytes <= cap) return;
  throw new AppError('QUOTA_EXCEEDED', {
    message: `The images of a tenant's jobs may take ${cap} bytes; ${kept} are kept, and these are ${bytes}. Wait until jobs have ended, or name images by URL.`,
    details: { blobBytesPerTenant: cap },
  });
}

function sizeOf(blobs: readonly Uint8Array[]): number {
  return blobs.reduce((sum, { length }) => sum + length, 0);
}
