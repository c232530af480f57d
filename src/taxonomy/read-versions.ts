import type { TaxonomyVersion, TaxonomyVersionState } from '../database/generated/client.ts';
import type { Tx } from '../tenancy/tenant-db.ts';
import type { Window } from './window.ts';

export interface VersionList extends Window<number> {
  /** Default: all but the draft. */
  state?: TaxonomyVersionState | null;
  oldestFirst: boolean;
}

/** A window over the frozen versions of a taxonomy; the cursor is a number. One row more where there is more. */
export async function listVersions(
  tx: Tx,
  { tenantId, taxonomyId }: { tenantId: string; taxonomyId: string },
  { limit, cursor, backward, state, oldestFirst }: VersionList,
): Promise<TaxonomyVersion[]> {
  const ascending = oldestFirst !== backward;
  const beyond = cursor === null ? {} : { [ascending ? 'gt' : 'lt']: cursor };
  return tx.taxonomyVersion.findMany({
    where: {
      AND: [{ state: { not: 'DRAFT' } }, state ? { state } : {}],
      tenantId,
      taxonomyId,
      number: beyond,
    },
    orderBy: { number: ascending ? 'asc' : 'desc' },
    take: limit + 1,
  });
}

/** The newest READY version of each taxonomy that has one. */
export async function readLatestVersions(
  tx: Tx,
  tenantId: string,
  taxonomyIds: readonly string[],
): Promise<TaxonomyVersion[]> {
  return tx.$queryRaw<TaxonomyVersion[]>`
    select distinct on (taxonomy_id)
      tenant_id as "tenantId", id, taxonomy_id as "taxonomyId", number, state, note, model_id as "modelId",
      model_revision as "modelRevision", default_language as "defaultLanguage",
      prompt_languages as "promptLanguages", label_count as "labelCount", prompt_count as "promptCount",
      cached_prompt_count as "cachedPromptCount", embedded_prompt_count as "embeddedPromptCount", failure,
      warnings, created_at as "createdAt", published_at as "publishedAt"
    from taxonomy_version
    where tenant_id = ${tenantId}::uuid and taxonomy_id = any(${[...taxonomyIds]}::uuid[]) and state = 'READY'
    order by taxonomy_id, number desc`;
}

/** The drafts of taxonomies. */
export async function readDrafts(
  tx: Tx,
  tenantId: string,
  taxonomyIds: readonly string[],
): Promise<TaxonomyVersion[]> {
  return tx.taxonomyVersion.findMany({
    where: { tenantId, taxonomyId: { in: [...taxonomyIds] }, number: 0 },
  });
}
