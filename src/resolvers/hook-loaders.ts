import type { TenantDb } from '../tenancy/tenant-db.ts';
import { batchLoaders } from './batch-loaders.ts';

/** Loaders of inbound hooks; keys are UUIDs. */
export function createHookLoaders(db: TenantDb, tenantId: string | null) {
  const { one } = batchLoaders(db, tenantId);
  return {
    hook: one(
      (tx, tenantId, ids) => tx.inboundHook.findMany({ where: { tenantId, id: { in: [...ids] } } }),
      ({ id }) => id,
    ),
  };
}
