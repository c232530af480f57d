import type { Taxonomy } from '../database/generated/client.ts';
import { AppError } from '../errors.ts';
import type { TenantDb } from '../tenancy/tenant-db.ts';
import { checkDescription, checkName, withFreeName } from './about.ts';
import { editDraft, type DraftEdit } from './edit-draft.ts';
import { canonicalLanguage } from './languages.ts';
import { requireModel, type Models } from './models.ts';

/** What is said of a taxonomy; undefined: as it is. A description may be taken away with null. */
export interface TaxonomyChanges {
  name?: string | undefined;
  description?: string | null | undefined;
  modelId?: string | undefined;
  defaultLanguage?: string | undefined;
}

/** Changes what is said of a taxonomy. Throws as `editDraft`, and NAME_TAKEN or MODEL_NOT_AVAILABLE. */
export async function updateTaxonomy(
  { db, inference }: { db: TenantDb; inference: Models },
  tenantId: string,
  { taxonomyId, expectedRevision, ...given }: Omit<DraftEdit, 'idField'> & TaxonomyChanges,
): Promise<Taxonomy> {
  const changes = checkChanges(given, inference);
  const { name, description, modelId, defaultLanguage } = changes;
  const edit: DraftEdit = { taxonomyId, expectedRevision, idField: 'id' };
  return withFreeName(db, tenantId, name, async () => {
    const { taxonomy } = await editDraft(db, tenantId, edit, async (tx, { draft }) => {
      const where = { tenantId_id: { tenantId, id: taxonomyId } };
      await tx.taxonomy.update({ where, data: { name, description, modelId, defaultLanguage } });
      // The draft's row says the same: label names in the default language are looked up by version.
      await tx.taxonomyVersion.update({
        where: { tenantId_id: { tenantId, id: draft.id } },
        data: { modelId, defaultLanguage },
      });
    });
    return taxonomy;
  });
}

function checkChanges(changes: TaxonomyChanges, inference: Models): TaxonomyChanges {
  if (Object.values(changes).every((value) => value === undefined)) {
    const message = 'Nothing is to be changed: give a name, a description, a modelId or a defaultLanguage.';
    throw new AppError('INVALID_INPUT', { message });
  }
  if (changes.name !== undefined) checkName(changes.name);
  checkDescription(changes.description);
  if (changes.modelId !== undefined) requireModel(inference, changes.modelId);
  if (changes.defaultLanguage === undefined) return changes;
  return { ...changes, defaultLanguage: canonicalLanguage(changes.defaultLanguage, ['defaultLanguage']) };
}

/** Takes a taxonomy out of use: it can be read, not edited, published or classified against. Throws as `editDraft`. */
export async function archiveTaxonomy(
  { db }: { db: TenantDb },
  tenantId: string,
  edit: Omit<DraftEdit, 'idField'>,
): Promise<Taxonomy> {
  const { taxonomy } = await editDraft(db, tenantId, { ...edit, idField: 'id' }, async (tx) => {
    const where = { tenantId_id: { tenantId, id: edit.taxonomyId } };
    await tx.taxonomy.update({ where, data: { archivedAt: new Date() } });
  });
  return taxonomy;
}
