import { Prisma } from '../database/generated/client.ts';
import { AppError } from '../errors.ts';
import type { TenantDb, Tx } from '../tenancy/tenant-db.ts';
import type { LabelContent, LabelDifference } from './label-difference.ts';
import type { Window } from './window.ts';

/** Two drafts or versions of one taxonomy; `beforeId` null: nothing. */
export interface VersionPair {
  tenantId: string;
  beforeId: string | null;
  afterId: string;
}

export interface DifferenceCounts {
  addedCount: number;
  removedCount: number;
  renamedCount: number;
  movedCount: number;
  synonymsChangedCount: number;
  descriptionChangedCount: number;
  /** Labels that differ at all. */
  differentCount: number;
  orderChanged: boolean;
}

export interface TaxonomyDifference extends DifferenceCounts {
  pair: VersionPair;
}

/** The pair of a version and an earlier or later one of its taxonomy. Throws NOT_FOUND where that is not there. */
export async function pairWithVersion(
  db: TenantDb,
  after: { tenantId: string; taxonomyId: string; id: string },
  number: number,
): Promise<VersionPair> {
  const { tenantId, taxonomyId, id: afterId } = after;
  const before = await db.withTenant(tenantId, (tx) =>
    tx.taxonomyVersion.findFirst({ where: { tenantId, taxonomyId, number, state: { not: 'DRAFT' } } }),
  );
  if (before) return { tenantId, beforeId: before.id, afterId };
  throw new AppError('NOT_FOUND', {
    message: `The taxonomy has no version ${number}; 'versions' lists those that there are.`,
    path: ['number'],
  });
}

/**
 * `a` and `b`: the labels before and after; `d`: those that differ, with how. A full join cannot be planned as a
 * nested loop, whatever the statistics say of labels that were just written.
 */
const differing = ({ tenantId, beforeId, afterId }: VersionPair) => Prisma.sql`
  a as (select * from label where tenant_id = ${tenantId}::uuid and version_id = ${beforeId}::uuid),
  b as (select * from label where tenant_id = ${tenantId}::uuid and version_id = ${afterId}::uuid),
  d as (
    select coalesce(b.key, a.key) as key, a.key is null as added, b.key is null as removed,
      a.names is distinct from b.names as renamed, a.parent_key is distinct from b.parent_key as moved,
      a.synonyms is distinct from b.synonyms as "synonymsChanged",
      a.description is distinct from b.description as "descriptionChanged",
      jsonb_build_object('names', a.names, 'synonyms', a.synonyms, 'description', a.description,
        'parentKey', a.parent_key) as before,
      jsonb_build_object('names', b.names, 'synonyms', b.synonyms, 'description', b.description,
        'parentKey', b.parent_key) as after
    from a full join b on a.key = b.key
    where a.key is null or b.key is null or (a.names, a.synonyms, a.description, a.parent_key)
      is distinct from (b.names, b.synonyms, b.description, b.parent_key)
  )`;

/** How many labels differ in what, in one statement. */
export async function compareVersions(db: TenantDb, pair: VersionPair): Promise<TaxonomyDifference> {
  const [counts] = await db.withTenant(
    pair.tenantId,
    (tx) => tx.$queryRaw<DifferenceCounts[]>`
      with ${differing(pair)},
      ranked as (
        select
          row_number() over (partition by b.parent_key order by a.position, a.key collate "C") as was,
          row_number() over (partition by b.parent_key order by b.position, b.key collate "C") as is_now
        from a join b on a.key = b.key and a.parent_key is not distinct from b.parent_key
      ),
      counted as (
        select count(*) filter (where added)::int as "addedCount",
          count(*) filter (where removed)::int as "removedCount",
          count(*) filter (where renamed and not added and not removed)::int as "renamedCount",
          count(*) filter (where moved and not added and not removed)::int as "movedCount",
          count(*) filter (where "synonymsChanged" and not added and not removed)::int as "synonymsChangedCount",
          count(*) filter (where "descriptionChanged" and not added and not removed)::int as "descriptionChangedCount",
          count(*)::int as "differentCount"
        from d
      )
      select counted.*, exists (select from ranked where was <> is_now) as "orderChanged" from counted`,
  );
  return { ...counts!, pair };
}

type Row = {
  key: string;
  added: boolean;
  removed: boolean;
  before: LabelContent;
  after: LabelContent;
};

/** A window over the labels that differ, by key. One row more where there is more. */
export async function listDifferences(
  tx: Tx,
  pair: VersionPair,
  { limit, cursor, backward }: Window<string>,
): Promise<LabelDifference[]> {
  const beyond = backward ? Prisma.sql`key collate "C" < ${cursor}` : Prisma.sql`key collate "C" > ${cursor}`;
  const rows = await tx.$queryRaw<Row[]>`
    with ${differing(pair)}
    select key, added, removed, before, after from d
    where ${cursor === null ? Prisma.sql`true` : beyond}
    order by key collate "C" ${backward ? Prisma.sql`desc` : Prisma.sql`asc`} limit ${limit + 1}`;
  return rows.map(({ key, added, removed, before, after }) => ({
    key,
    before: added ? null : before,
    after: removed ? null : after,
  }));
}
