import { AppError } from '../errors.ts';
import type { TenantDb } from '../tenancy/tenant-db.ts';
import { editDraft, type DraftEdit, type EditedTaxonomy } from './edit-draft.ts';
import { copyLayouts } from './files/layouts.ts';
import { copyLabels, copyTemplates } from './label-rows.ts';

/**
 * Makes the draft what a version is: its labels and prompt templates, not the taxonomy's name or model.
 * Throws as `editDraft`, and NOT_FOUND where there is no such version.
 */
export async function restoreTaxonomyVersion(
  { db }: { db: TenantDb },
  tenantId: string,
  { number, ...edit }: DraftEdit & { number: number },
): Promise<EditedTaxonomy> {
  return editDraft(db, tenantId, edit, async (tx, { taxonomy, draft }) => {
    const version = await tx.taxonomyVersion.findFirst({
      where: { tenantId, taxonomyId: taxonomy.id, number, state: { not: 'DRAFT' } },
    });
    if (!version) {
      const message = `'${taxonomy.name}' has no version ${number}; 'versions' lists those that there are.`;
      throw new AppError('NOT_FOUND', { message, path: ['number'] });
    }
    await tx.label.deleteMany({ where: { tenantId, versionId: draft.id } });
    await tx.promptTemplate.deleteMany({ where: { tenantId, versionId: draft.id } });
    await tx.labelFile.deleteMany({ where: { tenantId, versionId: draft.id } });
    const labels = await tx.label.findMany({
      where: { tenantId, versionId: version.id },
      orderBy: { position: 'asc' },
      select: { key: true },
    });
    const copy = { fromVersionId: version.id, toVersionId: draft.id, order: labels.map(({ key }) => key) };
    await copyLabels(tx, tenantId, copy);
    await copyTemplates(tx, tenantId, copy);
    await copyLayouts(tx, tenantId, copy);
  });
}
