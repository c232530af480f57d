import type { TaxonomyVersion } from '../database/generated/client.ts';
import { AppError } from '../errors.ts';
import { createSettlement } from '../jobs/settlement.ts';
import type { TenantDb } from '../tenancy/tenant-db.ts';

const settlement = createSettlement();

/** Wakes whoever waits for the version in this process. */
export function announceVersion(versionId: string): void {
  settlement.announce(versionId);
}

/**
 * The version once it is READY or FAILED, or as it is when `waitMs` have passed or the signal aborts.
 * Throws NOT_FOUND where it went away meanwhile.
 */
export async function awaitVersion(
  db: TenantDb,
  tenantId: string,
  versionId: string,
  { waitMs, signal }: { waitMs: number; signal?: AbortSignal | undefined },
): Promise<TaxonomyVersion> {
  return settlement.wait({
    id: versionId,
    read: () => readVersion(db, tenantId, versionId),
    isSettled: ({ state }) => state !== 'EMBEDDING',
    waitMs,
    signal,
  });
}

async function readVersion(db: TenantDb, tenantId: string, id: string): Promise<TaxonomyVersion> {
  const version = await db.withTenant(tenantId, (tx) =>
    tx.taxonomyVersion.findUnique({ where: { tenantId_id: { tenantId, id } } }),
  );
  if (version) return version;
  throw new AppError('NOT_FOUND', { message: 'The version is not there any more.' });
}
