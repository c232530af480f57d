import type { Taxonomy, TaxonomyVersion } from '../database/generated/client.ts';
import { AppError } from '../errors.ts';
import type { TenantDb, Tx } from '../tenancy/tenant-db.ts';

/** Which draft an edit is meant for, and the revision that its author has seen. */
export interface DraftEdit {
  taxonomyId: string;
  expectedRevision: number;
  /** What the input calls `taxonomyId`, for the path of an error. Default: the same. */
  idField?: 'id' | 'taxonomyId';
}

/** A taxonomy that nobody else edits until the transaction ends, and the version row that is its draft. */
export interface LockedDraft {
  taxonomy: Taxonomy;
  draft: TaxonomyVersion;
}

/** The taxonomy after an edit, and what the edit answered. */
export interface EditedTaxonomy<Result = void> {
  taxonomy: Taxonomy;
  result: Result;
}

/**
 * One edit of a draft: lock, compare revisions, apply, count the revision up, all in one transaction.
 * Throws NOT_FOUND, REVISION_CONFLICT (details.currentRevision), INVALID_INPUT for an archived taxonomy.
 */
export async function editDraft<Result>(
  db: TenantDb,
  tenantId: string,
  edit: DraftEdit,
  apply: (tx: Tx, locked: LockedDraft) => Promise<Result>,
): Promise<EditedTaxonomy<Result>> {
  return db.withTenant(tenantId, async (tx) => {
    const locked = await lockDraft(tx, tenantId, edit);
    const result = await apply(tx, locked);
    return { taxonomy: await finishEdit(tx, tenantId, locked), result };
  });
}

/** Counts the revision up after the draft was changed, and its labels anew. Gives the taxonomy as it is now. */
export async function finishEdit(
  tx: Tx,
  tenantId: string,
  { taxonomy, draft }: LockedDraft,
): Promise<Taxonomy> {
  await countLabels(tx, tenantId, draft.id);
  return tx.taxonomy.update({
    where: { tenantId_id: { tenantId, id: taxonomy.id } },
    data: { revision: { increment: 1 }, updatedAt: new Date() },
  });
}

/** Makes every other edit and publish of the taxonomy wait, then compares revisions. Throws as `editDraft`. */
export async function lockDraft(
  tx: Tx,
  tenantId: string,
  { taxonomyId, expectedRevision, idField = 'taxonomyId' }: DraftEdit,
): Promise<LockedDraft> {
  await tx.$queryRaw`
    select id from taxonomy where tenant_id = ${tenantId}::uuid and id = ${taxonomyId}::uuid for update`;
  const taxonomy = await tx.taxonomy.findUnique({ where: { tenantId_id: { tenantId, id: taxonomyId } } });
  if (!taxonomy) {
    throw new AppError('NOT_FOUND', { message: 'There is no such taxonomy.', path: [idField] });
  }
  checkEditable(taxonomy, expectedRevision, idField);
  const draft = await tx.taxonomyVersion.findUniqueOrThrow({
    where: { tenantId_taxonomyId_number: { tenantId, taxonomyId, number: 0 } },
  });
  return { taxonomy, draft };
}

function checkEditable(
  { name, revision, archivedAt }: Taxonomy,
  expectedRevision: number,
  idField: string,
): void {
  if (archivedAt) {
    const message = `The taxonomy '${name}' was archived on ${archivedAt.toISOString()}: it can be read, not changed.`;
    throw new AppError('INVALID_INPUT', { message, path: [idField] });
  }
  if (revision !== expectedRevision) {
    throw new AppError('REVISION_CONFLICT', {
      message: `The draft is at revision ${revision}, not ${expectedRevision}: read it again and repeat the change.`,
      path: ['expectedRevision'],
      details: { currentRevision: revision, expectedRevision },
    });
  }
}

/** Keeps `label_count` of a version right after its labels changed. */
export async function countLabels(tx: Tx, tenantId: string, versionId: string): Promise<void> {
  const labelCount = await tx.label.count({ where: { tenantId, versionId } });
  await tx.taxonomyVersion.update({
    where: { tenantId_id: { tenantId, id: versionId } },
    data: { labelCount },
  });
}
