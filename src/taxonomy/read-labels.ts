import { Prisma, type Label } from '../database/generated/client.ts';
import type { Tx } from '../tenancy/tenant-db.ts';
import { readTree, type LabelOwner } from './label-rows.ts';
import { MAX_DEPTH, type LabelTree } from './label-tree.ts';
import { orderDepthFirst } from './tree-order.ts';
import type { Window } from './window.ts';

/** Columns of `label as l`, named as Prisma names them. */
const LABEL_COLUMNS = Prisma.sql`
  l.tenant_id as "tenantId", l.id, l.version_id as "versionId", l.key, l.position, l.names, l.synonyms,
  l.description, l.parent_key as "parentKey"`;

/** The places of all labels of a draft, and whose they are. */
export interface DraftTree {
  versionId: string;
  tree: LabelTree;
}

/**
 * The trees of drafts. Their order is found here and not by the database: a recursive query takes seconds for labels
 * that were just written, as its plan rests on statistics that do not know them yet.
 */
export async function readTrees(
  tx: Tx,
  tenantId: string,
  versionIds: readonly string[],
): Promise<DraftTree[]> {
  const rows = await tx.label.findMany({
    where: { tenantId, versionId: { in: [...versionIds] } },
    select: { versionId: true, key: true, parentKey: true, position: true },
  });
  const rowsOf = Map.groupBy(rows, ({ versionId }) => versionId);
  return versionIds.map((versionId) => ({
    versionId,
    tree: new Map(
      (rowsOf.get(versionId) ?? []).map(({ key, parentKey, position }) => [key, { parentKey, position }]),
    ),
  }));
}

/** Which label of which draft or version. */
export interface LabelRef {
  versionId: string;
  key: string;
}

/** The labels that the references name; one that has gone is left out. */
export async function readLabelsByKey(tx: Tx, tenantId: string, refs: readonly LabelRef[]): Promise<Label[]> {
  return tx.$queryRaw`
    select ${LABEL_COLUMNS}
    from unnest(${refs.map(({ versionId }) => versionId)}::uuid[], ${refs.map(({ key }) => key)}::text[]) as wanted (version_id, key)
    join label l on l.tenant_id = ${tenantId}::uuid and l.version_id = wanted.version_id and l.key = wanted.key`;
}

/** Labels in one statement: some milliseconds of work for the event loop. */
const STATEMENT_SIZE = 500;

/** All labels of a draft or a version, depth first: of a version by their rows in the taxonomy matrix. */
export async function readLabels(tx: Tx, owner: LabelOwner): Promise<Label[]> {
  const { tenantId, versionId } = owner;
  const keys = orderDepthFirst(await readTree(tx, owner));
  const labels: Label[] = [];
  for (let start = 0; start < keys.length; start += STATEMENT_SIZE) {
    const refs = keys.slice(start, start + STATEMENT_SIZE).map((key) => ({ versionId, key }));
    const byKey = new Map((await readLabelsByKey(tx, tenantId, refs)).map((label) => [label.key, label]));
    labels.push(...refs.flatMap(({ key }) => byKey.get(key) ?? []));
  }
  return labels;
}

/**
 * The same window over the labels of each frozen version, by their rows in the taxonomy matrix. In reading direction
 * within a version, and one row more where there is more.
 */
export async function listVersionLabels(
  tx: Tx,
  tenantId: string,
  versionIds: readonly string[],
  { limit, cursor, backward }: Window<number>,
): Promise<Label[]> {
  const direction = backward ? Prisma.sql`desc` : Prisma.sql`asc`;
  const bounds = backward ? [-1, cursor ?? MAX_POSITION] : [cursor ?? -1, MAX_POSITION];
  return tx.$queryRaw<Label[]>`
    select ${LABEL_COLUMNS}
    from unnest(${[...versionIds]}::uuid[]) as wanted (version)
    cross join lateral (
      select * from label v
      where v.tenant_id = ${tenantId}::uuid and v.version_id = wanted.version
        and v.position > ${bounds[0]} and v.position < ${bounds[1]}
      order by v.position ${direction} limit ${limit + 1}
    ) l
    order by l.version_id, l.position ${direction}`;
}

/** Above every row of a matrix. */
const MAX_POSITION = 2 ** 31 - 1;

const MAX_CHILDREN = 1_000;

/** The labels below each of these, 1,000 a parent at most, in order. */
export async function readChildren(
  tx: Tx,
  tenantId: string,
  labelIds: readonly string[],
): Promise<(Label & { parentId: string })[]> {
  return tx.$queryRaw`
    select ${LABEL_COLUMNS}, parent.id as "parentId"
    from label parent
    cross join lateral (
      select * from label child
      where child.tenant_id = ${tenantId}::uuid and child.version_id = parent.version_id and child.parent_key = parent.key
      order by child.position, child.key collate "C" limit ${MAX_CHILDREN}
    ) l
    where parent.tenant_id = ${tenantId}::uuid and parent.id = any(${[...labelIds]}::uuid[])
    order by l.position, l.key collate "C"`;
}

/** For each of these labels its ancestors and itself, from the top of the tree down. */
export async function readPaths(
  tx: Tx,
  tenantId: string,
  labelIds: readonly string[],
): Promise<(Label & { labelId: string })[]> {
  return tx.$queryRaw`
    with recursive step (label_id, depth, id, version_id, parent_key) as (
      select id, 0, id, version_id, parent_key
      from label where tenant_id = ${tenantId}::uuid and id = any(${[...labelIds]}::uuid[])
      union all
      select step.label_id, step.depth + 1, parent.id, parent.version_id, parent.parent_key
      from step
      join label parent on parent.tenant_id = ${tenantId}::uuid and parent.version_id = step.version_id
        and parent.key = step.parent_key
      where step.depth < ${MAX_DEPTH}
    )
    select ${LABEL_COLUMNS}, step.label_id as "labelId"
    from step join label l on l.tenant_id = ${tenantId}::uuid and l.id = step.id
    order by step.label_id, step.depth desc`;
}
