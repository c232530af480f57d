import { readTemplates } from '../taxonomy/prompt-templates.ts';
import { readChildren, readPaths } from '../taxonomy/read-labels.ts';
import { readDrafts, readLatestVersions } from '../taxonomy/read-versions.ts';
import type { TenantDb } from '../tenancy/tenant-db.ts';
import { batchLoaders } from './batch-loaders.ts';

const byIds = (tenantId: string, ids: readonly string[]) => ({ where: { tenantId, id: { in: [...ids] } } });

/** Loaders of taxonomies and what they hold; keys are UUIDs. */
export function createTaxonomyLoaders(db: TenantDb, tenantId: string | null) {
  const { one, many } = batchLoaders(db, tenantId);
  return {
    taxonomy: one(
      (tx, tenantId, ids) => tx.taxonomy.findMany(byIds(tenantId, ids)),
      ({ id }) => id,
    ),
    version: one(
      (tx, tenantId, ids) => tx.taxonomyVersion.findMany(byIds(tenantId, ids)),
      ({ id }) => id,
    ),
    label: one(
      (tx, tenantId, ids) => tx.label.findMany(byIds(tenantId, ids)),
      ({ id }) => id,
    ),
    /** By taxonomy: the version row that is its draft. */
    draft: one(readDrafts, ({ taxonomyId }) => taxonomyId),
    /** By taxonomy: its newest READY version. */
    latestVersion: one(readLatestVersions, ({ taxonomyId }) => taxonomyId),
    /** By version: its prompt templates in order. */
    templates: many(readTemplates, ({ versionId }) => versionId),
    /** By label: the labels below it. */
    children: many(readChildren, ({ parentId }) => parentId),
    /** By label: from the top of the tree down to itself. */
    path: many(readPaths, ({ labelId }) => labelId),
  };
}
