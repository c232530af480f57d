import { findLabels } from '../taxonomy/find-labels.ts';
import { readTemplates } from '../taxonomy/prompt-templates.ts';
import {
  listVersionLabels,
  readChildren,
  readLabelsByKey,
  readPaths,
  readTrees,
  type LabelRef,
} from '../taxonomy/read-labels.ts';
import { listVersions, readDrafts, readLatestVersions } from '../taxonomy/read-versions.ts';
import type { TenantDb } from '../tenancy/tenant-db.ts';
import { batchLoaders } from './batch-loaders.ts';
import { readPages } from './page-key.ts';

const byIds = (tenantId: string, ids: readonly string[]) => ({ where: { tenantId, id: { in: [...ids] } } });

/** Names a label of a draft or version to its loader. */
export function labelKey({ versionId, key }: LabelRef): string {
  return `${versionId} ${key}`;
}

function parseLabelKey(text: string): LabelRef {
  const [versionId = ''] = text.split(' ', 1);
  return { versionId, key: text.slice(versionId.length + 1) };
}

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
    /** By taxonomy: the version row that is its draft. */
    draft: one(readDrafts, ({ taxonomyId }) => taxonomyId),
    /** By taxonomy: its newest READY version. */
    latestVersion: one(readLatestVersions, ({ taxonomyId }) => taxonomyId),
    /** By version: its prompt templates in order. */
    templates: many(readTemplates, ({ versionId }) => versionId),
    /** By `pageKey` of a taxonomy: a window over its frozen versions. */
    versionPage: many(
      readPages(listVersions, ({ taxonomyId }) => taxonomyId),
      ({ page }) => page,
    ),
    /** By `pageKey` of a version: a window over its labels. */
    labelPage: many(
      readPages(listVersionLabels, ({ versionId }) => versionId),
      ({ page }) => page,
    ),
    /** By draft: the places of its labels. */
    draftTree: one(readTrees, ({ versionId }) => versionId),
    /** By `labelKey` of a version and a text: the labels of the draft or version that contain it. */
    labelMatches: one(
      (tx, tenantId, keys) =>
        findLabels(
          tx,
          tenantId,
          keys.map(parseLabelKey).map(({ versionId, key: text }) => ({ versionId, text })),
        ),
      ({ versionId, text }) => labelKey({ versionId, key: text }),
    ),
    /** By `labelKey`: a label of a draft or version. */
    labelByKey: one(
      (tx, tenantId, keys) => readLabelsByKey(tx, tenantId, keys.map(parseLabelKey)),
      ({ versionId, key }) => labelKey({ versionId, key }),
    ),
    /** By label: the labels below it. */
    children: many(readChildren, ({ parentId }) => parentId),
    /** By label: from the top of the tree down to itself. */
    path: many(readPaths, ({ labelId }) => labelId),
  };
}
