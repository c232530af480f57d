import { Prisma, type Label } from '../database/generated/client.ts';
import type { Tx } from '../tenancy/tenant-db.ts';
import { draftOrder, LABEL_COLUMNS } from './draft-order.ts';
import type { LabelOwner } from './label-rows.ts';
import { MAX_DEPTH } from './label-tree.ts';
import type { Window } from './window.ts';

/** A label of a draft with its place in the tree: the cursor of its page, good also when the label has gone. */
export type DraftLabel = Label & { treePath: string[] };

/** A window over a draft's labels, depth first. One row more where there is more. */
export async function listDraftLabels(
  tx: Tx,
  draft: LabelOwner,
  { limit, cursor, backward }: Window<string[]>,
): Promise<DraftLabel[]> {
  const direction = backward ? Prisma.sql`desc` : Prisma.sql`asc`;
  const beyond = backward ? Prisma.sql`<` : Prisma.sql`>`;
  const window = cursor === null ? Prisma.empty : Prisma.sql`where path ${beyond} ${cursor}::text[]`;
  return tx.$queryRaw<DraftLabel[]>`
    ${draftOrder(draft)}
    select ${LABEL_COLUMNS}, page.path as "treePath"
    from (select id, path from ordered ${window} order by path ${direction} limit ${limit + 1}) page
    join label l on l.tenant_id = ${draft.tenantId}::uuid and l.id = page.id
    order by page.path ${direction}`;
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
