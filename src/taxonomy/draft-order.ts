import { Prisma, type Label } from '../database/generated/client.ts';
import type { Tx } from '../tenancy/tenant-db.ts';
import type { LabelOwner } from './label-rows.ts';
import { MAX_DEPTH } from './label-tree.ts';

/** Columns of `label as l`, named as Prisma names them. */
export const LABEL_COLUMNS = Prisma.sql`
  l.tenant_id as "tenantId", l.id, l.version_id as "versionId", l.key, l.position, l.names, l.synonyms,
  l.description, l.parent_key as "parentKey"`;

/**
 * `ordered (id, path)`: the labels of a draft with the way down to each, one element a level: the position in ten
 * digits and the key, so that paths in order are the tree depth first. The bound on depth ends a cycle, should a
 * hand-made row ever close one.
 */
export function draftOrder({ tenantId, versionId }: LabelOwner): Prisma.Sql {
  return Prisma.sql`
    with recursive ordered (id, key, path) as (
      select id, key, array[lpad(position::text, 10, '0') || key] collate "C"
      from label where tenant_id = ${tenantId}::uuid and version_id = ${versionId}::uuid and parent_key is null
      union all
      select child.id, child.key, parent.path || (lpad(child.position::text, 10, '0') || child.key)
      from ordered parent
      join label child on child.tenant_id = ${tenantId}::uuid and child.version_id = ${versionId}::uuid
        and child.parent_key = parent.key
      where cardinality(parent.path) < ${MAX_DEPTH}
    )`;
}

/** All labels of a draft, parents before their children, siblings in order. */
export async function readDraftLabels(tx: Tx, draft: LabelOwner): Promise<Label[]> {
  return tx.$queryRaw<Label[]>`
    ${draftOrder(draft)}
    select ${LABEL_COLUMNS} from ordered join label l on l.tenant_id = ${draft.tenantId}::uuid and l.id = ordered.id
    order by ordered.path`;
}
