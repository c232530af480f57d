import type { Taxonomy, TaxonomyVersion } from '../database/generated/client.ts';
import { AppError } from '../errors.ts';
import { toUuid } from '../ids.ts';
import type { TenantDb, Tx } from '../tenancy/tenant-db.ts';
import { findLanguage } from './languages.ts';
import { isStorable } from './text-rules.ts';

/** Names a taxonomy by its id or its name and, where wanted, one of its versions by number. */
export interface VersionRef {
  by: { id?: string | null; name?: string | null };
  version?: number | null;
}

/**
 * The READY versions that the references mean, in their order: the numbered one, or the newest.
 * Throws NOT_FOUND (no such taxonomy or number), INVALID_INPUT (archived) or TAXONOMY_NOT_PUBLISHED.
 */
export async function resolveTaxonomyVersions(
  db: TenantDb,
  tenantId: string,
  refs: readonly VersionRef[],
): Promise<TaxonomyVersion[]> {
  return db.withTenant(tenantId, async (tx) => {
    const taxonomies = await findTaxonomies(tx, tenantId, refs);
    const versions = await findVersions(tx, tenantId, refs, taxonomies);
    return refs.map((ref, index) => requireReady(ref, taxonomies[index]!, versions[index], index));
  });
}

/** One taxonomy in use a reference. */
async function findTaxonomies(tx: Tx, tenantId: string, refs: readonly VersionRef[]): Promise<Taxonomy[]> {
  const ids = refs.flatMap(({ by }) => toUuid('taxonomy', by.id ?? '') ?? []);
  const names = refs.flatMap(({ by }) => (by.name && isStorable(by.name) ? [by.name] : []));
  const rows = await tx.taxonomy.findMany({
    where: { tenantId, OR: [{ id: { in: ids } }, { name: { in: names } }] },
  });
  return refs.map(({ by }, index) => {
    const uuid = toUuid('taxonomy', by.id ?? '');
    const taxonomy = rows.find(({ id, name }) => (by.id ? id === uuid : name === by.name));
    if (!taxonomy) {
      const wanted = by.id ? `id '${by.id}'` : `name '${by.name}'`;
      const message = `There is no taxonomy with the ${wanted}; 'taxonomies' lists those that there are.`;
      throw new AppError('NOT_FOUND', { message, path: ['taxonomies', String(index), 'by'] });
    }
    if (taxonomy.archivedAt) {
      const message = `The taxonomy '${taxonomy.name}' was archived on ${taxonomy.archivedAt.toISOString()}: it is out of use.`;
      throw new AppError('INVALID_INPUT', { message, path: ['taxonomies', String(index), 'by'] });
    }
    return taxonomy;
  });
}

/** The version of each reference: the one with its number in whatever state, else the newest READY one. */
async function findVersions(tx: Tx, tenantId: string, refs: readonly VersionRef[], taxonomies: Taxonomy[]) {
  const taxonomyIds = taxonomies.map(({ id }) => id);
  const numbers = refs.map(({ version }) => version ?? 0); // the draft has number 0 and is no version to classify with
  const found = await tx.$queryRaw<{ index: number; id: string }[]>`
    select wanted.index::int - 1 as index, version.id
    from unnest(${taxonomyIds}::uuid[], ${numbers}::int[]) with ordinality as wanted (taxonomy_id, number, index)
    cross join lateral (
      select v.id from taxonomy_version v
      where v.tenant_id = ${tenantId}::uuid and v.taxonomy_id = wanted.taxonomy_id
        and case when wanted.number = 0 then v.state = 'READY' else v.number = wanted.number end
      order by v.number desc limit 1
    ) version`;
  const rows = await tx.taxonomyVersion.findMany({
    where: { tenantId, id: { in: found.map(({ id }) => id) } },
  });
  return refs.map((_, index) => {
    const id = found.find((version) => version.index === index)?.id;
    return rows.find((row) => row.id === id);
  });
}

function requireReady(
  { version: number }: VersionRef,
  taxonomy: Taxonomy,
  version: TaxonomyVersion | undefined,
  index: number,
): TaxonomyVersion {
  const path = ['taxonomies', String(index), 'version'];
  const named = typeof number === 'number';
  const matches = !named || version?.number === number;
  if (version?.state === 'READY' && matches) return version;
  if (named && version && matches) {
    const reason = version.state === 'FAILED' ? ` (${version.failure})` : '';
    const message = `Version ${number} of '${taxonomy.name}' is ${version.state}${reason}, not READY.`;
    throw new AppError('TAXONOMY_NOT_PUBLISHED', { message, path });
  }
  if (named) {
    throw new AppError('NOT_FOUND', { message: `'${taxonomy.name}' has no version ${number}.`, path });
  }
  throw new AppError('TAXONOMY_NOT_PUBLISHED', {
    message: `'${taxonomy.name}' has no READY version: publish its draft with 'publishTaxonomy', and wait for state READY.`,
    path,
  });
}

/**
 * The prompt language to score a version in: the wanted one, by base language (`zh-CN` is `zh`), else the version's
 * first: its default language where the model knows that. Throws INVALID_INPUT listing the languages that there are.
 */
export function choosePromptLanguage(
  version: Pick<TaxonomyVersion, 'number' | 'promptLanguages'>,
  model: { id: string; languages: readonly string[] },
  wanted: string | null | undefined,
): string {
  const { promptLanguages } = version;
  if (wanted === null || wanted === undefined) return promptLanguages[0]!;
  const found = findLanguage(promptLanguages, wanted);
  if (found !== undefined) return found;
  const what = version.number === 0 ? 'The draft' : `Version ${version.number}`;
  throw new AppError('INVALID_INPUT', {
    message:
      `${what} can be scored in ${promptLanguages.join(', ')}, not in '${wanted}': a prompt language ` +
      `needs label names in it and a model that knows it ('${model.id}' knows ${model.languages.join(', ')}).`,
    path: ['promptLanguage'],
  });
}
