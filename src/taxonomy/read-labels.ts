import { Prisma, type Label } from '../database/generated/client.ts';
import type { Tx } from '../tenancy/tenant-db.ts';
import { readTree, type LabelOwner } from './label-rows.ts';
import { MAX_DEPTH } from './label-tree.ts';
import { orderDepthFirst, pathTo, windowOfTree, type TreePath } from './tree-order.ts';
import type { Window } from './window.ts';

/** Columns of `label as l`, named as Prisma names them. */
const LABEL_COLUMNS = Prisma.sql`
  l.tenant_id as "tenantId", l.id, l.version_id as "versionId", l.key, l.position, l.names, l.synonyms,
  l.description, l.parent_key as "parentKey"`;

/** A label of a draft with its place in the tree: the cursor of its page, good also when the label has gone. */
export type DraftLabel = Label & { treePath: TreePath };

/**
 * A window over a draft's labels, depth first. One row more where there is more.
 * The places of all labels are read and ordered here: a recursive query takes seconds for labels that were just
 * written, as its plan rests on statistics that do not know them yet.
 */
export async function listDraftLabels(
  tx: Tx,
  draft: LabelOwner,
  window: Window<TreePath>,
): Promise<DraftLabel[]> {
  const tree = await readTree(tx, draft);
  const keys = windowOfTree(tree, window);
  const labels = await tx.label.findMany({ where: { ...draft, key: { in: keys } } });
  // An edit came between the two reads and took labels away: read again what is there now.
  if (labels.length < keys.length) return listDraftLabels(tx, draft, window);
  const byKey = new Map(labels.map((label) => [label.key, label]));
  return keys.map((key) => ({ ...byKey.get(key)!, treePath: pathTo(tree, key) }));
}

/** All labels of a draft, depth first. */
export async function readDraftLabels(tx: Tx, draft: LabelOwner): Promise<Label[]> {
  const labels = await tx.label.findMany({ where: { ...draft } });
  const byKey = new Map(labels.map((label) => [label.key, label]));
  return orderDepthFirst(byKey).map((key) => byKey.get(key)!);
}

/** A window over a frozen version's labels, by their rows in the taxonomy matrix. One row more where there is more. */
export async function listVersionLabels(
  tx: Tx,
  { tenantId, versionId }: LabelOwner,
  { limit, cursor, backward }: Window<number>,
): Promise<Label[]> {
  const beyond = cursor === null ? {} : { [backward ? 'lt' : 'gt']: cursor };
  return tx.label.findMany({
    where: { tenantId, versionId, position: beyond },
    orderBy: { position: backward ? 'desc' : 'asc' },
    take: limit + 1,
  });
}

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
