import { countItems } from '../bulk/find-jobs.ts';
import type { TenantDb } from '../tenancy/tenant-db.ts';
import { batchLoaders } from './batch-loaders.ts';

/** Loaders of classification jobs; keys are UUIDs. */
export function createJobLoaders(db: TenantDb, tenantId: string | null) {
  const { one } = batchLoaders(db, tenantId);
  return { jobCounts: one(countItems, ({ jobId }) => jobId) };
}
