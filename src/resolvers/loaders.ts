import type { TenantDb } from '../tenancy/tenant-db.ts';
import { createClassificationLoaders } from './classification-loaders.ts';
import { createHookLoaders } from './hook-loaders.ts';
import { createJobLoaders } from './job-loaders.ts';
import { createTaxonomyLoaders } from './taxonomy-loaders.ts';
import { createTenantLoaders } from './tenant-loaders.ts';
import { createWebhookLoaders } from './webhook-loaders.ts';

export type Loaders = ReturnType<typeof createLoaders>;

/** The loaders of one request: what it reads twice is read once, what it reads side by side in one statement. An operator has no tenant. */
export function createLoaders(db: TenantDb, tenantId: string | null) {
  const loaders = {
    ...createTenantLoaders(db, tenantId),
    ...createTaxonomyLoaders(db, tenantId),
    ...createClassificationLoaders(db, tenantId),
    ...createWebhookLoaders(db, tenantId),
    ...createJobLoaders(db, tenantId),
    ...createHookLoaders(db, tenantId),
  };
  return {
    ...loaders,
    /** Labels of all the drafts and versions that this request has read whole. */
    labelsRead: 0,
    /** Forgets everything: after a mutation the same request may read what it has just changed. */
    clearAll() {
      for (const loader of Object.values(loaders)) loader.clearAll();
    },
  };
}
