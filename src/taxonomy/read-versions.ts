import { Prisma, type TaxonomyVersion, type TaxonomyVersionState } from '../database/generated/client.ts';
import type { Tx } from '../tenancy/tenant-db.ts';
import type { Window } from './window.ts';

/** Columns of `taxonomy_version`, named as Prisma names them. */
const VERSION_COLUMNS = Prisma.sql`
  tenant_id as "tenantId", id, taxonomy_id as "taxonomyId", number, state, note, model_id as "modelId",
  model_revision as "modelRevision", default_language as "defaultLanguage",
  prompt_languages as "promptLanguages", label_count as "labelCount", prompt_count as "promptCount",
  cached_prompt_count as "cachedPromptCount", embedded_prompt_count as "embeddedPromptCount", failure,
  warnings, created_at as "createdAt", published_at as "publishedAt"`;

export interface VersionWindow extends Window<number> {
  /** Default: all but the draft. */
  state?: TaxonomyVersionState | null;
  oldestFirst: boolean;
}

/**
 * The same window over the frozen versions of each taxonomy; the cursor is a number. In reading direction within a
 * taxonomy, and one row more where there is more.
 */
export async function listVersions(
  tx: Tx,
  tenantId: string,
  taxonomyIds: readonly string[],
  { limit, cursor, backward, state, oldestFirst }: VersionWindow,
): Promise<TaxonomyVersion[]> {
  const ascending = oldestFirst !== backward;
  const direction = ascending ? Prisma.sql`asc` : Prisma.sql`desc`;
  const bounds = ascending ? [cursor ?? 0, MAX_NUMBER] : [0, cursor ?? MAX_NUMBER];
  const inState = state ? Prisma.sql`and v.state = ${state}::taxonomy_version_state` : Prisma.empty;
  return tx.$queryRaw<TaxonomyVersion[]>`
    select ${VERSION_COLUMNS}
    from unnest(${[...taxonomyIds]}::uuid[]) as wanted (taxonomy)
    cross join lateral (
      select * from taxonomy_version v
      where v.tenant_id = ${tenantId}::uuid and v.taxonomy_id = wanted.taxonomy
        and v.number > ${bounds[0]} and v.number < ${bounds[1]} ${inState}
      order by v.number ${direction} limit ${limit + 1}
    ) page
    order by taxonomy_id, number ${direction}`;
}

/** Above every number of a version: that of the draft is 0. */
const MAX_NUMBER = 2 ** 31 - 1;

/** The newest READY version of each taxonomy that has one. */
export async function readLatestVersions(
  tx: Tx,
  tenantId: string,
  taxonomyIds: readonly string[],
): Promise<TaxonomyVersion[]> {
  return tx.$queryRaw<TaxonomyVersion[]>`
    select distinct on (taxonomy_id) ${VERSION_COLUMNS}
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
