import type { TenantDb } from '../tenancy/tenant-db.ts';
import { batchLoaders } from './batch-loaders.ts';

/** Loaders of what a tenant itself has; keys are UUIDs. */
export function createTenantLoaders(db: TenantDb, tenantId: string | null) {
  const { one } = batchLoaders(db, tenantId);
  return {
    apiKey: one(
      (tx, tenantId, ids) => tx.apiKey.findMany({ where: { tenantId, id: { in: [...ids] } } }),
      ({ id }) => id,
    ),
  };
}
