import { AppError } from '../errors.ts';
import type { TenantDb } from '../tenancy/tenant-db.ts';
import { editDraft, type DraftEdit, type EditedTaxonomy } from './edit-draft.ts';
import { checkLabels, type LabelInput } from './label-input.ts';
import { deleteLabels, readTree, writeLabels, writePlaces } from './label-rows.ts';
import { MAX_LABELS } from './label-tree.ts';
import { planMove, planRemoval, planUpsert, type LabelMove } from './tree-edits.ts';

type Services = { db: TenantDb };

/** Adds labels to the draft and replaces those whose key is there. Throws as `editDraft`, `checkLabels`, `planUpsert`. */
export async function upsertLabels(
  { db }: Services,
  tenantId: string,
  { labels: inputs, ...edit }: DraftEdit & { labels: readonly LabelInput[] },
): Promise<EditedTaxonomy> {
  checkCount('labels', inputs.length);
  const labels = checkLabels(inputs);
  return editDraft(db, tenantId, edit, async (tx, { draft }) => {
    const owner = { tenantId, versionId: draft.id };
    await writeLabels(tx, owner, labels, planUpsert(await readTree(tx, owner), labels));
  });
}

/** Removes labels and all below them; the result is how many went. Throws as `editDraft` and `planRemoval`. */
export async function removeLabels(
  { db }: Services,
  tenantId: string,
  { keys, ...edit }: DraftEdit & { keys: readonly string[] },
): Promise<EditedTaxonomy<number>> {
  checkCount('keys', keys.length);
  return editDraft(db, tenantId, edit, async (tx, { draft }) => {
    const owner = { tenantId, versionId: draft.id };
    return deleteLabels(tx, owner, planRemoval(await readTree(tx, owner), keys));
  });
}

/** Moves labels under another parent or to another place. Throws as `editDraft` and `planMove`. */
export async function moveLabels(
  { db }: Services,
  tenantId: string,
  { keys, parentKey, afterKey, ...edit }: DraftEdit & LabelMove,
): Promise<EditedTaxonomy> {
  checkCount('keys', keys.length);
  return editDraft(db, tenantId, edit, async (tx, { draft }) => {
    const owner = { tenantId, versionId: draft.id };
    await writePlaces(tx, owner, planMove(await readTree(tx, owner), { keys, parentKey, afterKey }));
  });
}

function checkCount(name: 'labels' | 'keys', count: number): void {
  if (count >= 1 && count <= MAX_LABELS) return;
  const message = `'${name}' takes 1 to ${MAX_LABELS} at once; got ${count}.`;
  throw new AppError('INVALID_INPUT', { message, path: [name] });
}
