import type { Taxonomy } from '../database/generated/client.ts';
import { newUuid } from '../ids.ts';
import { idempotently } from '../tenancy/idempotency.ts';
import type { TenantDb, Tx } from '../tenancy/tenant-db.ts';
import { checkDescription, checkName, withFreeName } from './about.ts';
import { checkLabels, type CheckedLabel, type LabelInput } from './label-input.ts';
import type { LocalizedText } from './label-name.ts';
import { writeLabels } from './label-rows.ts';
import { canonicalLanguage } from './languages.ts';
import { requireModel, type Models } from './models.ts';
import { checkTemplates, insertTemplates } from './prompt-templates.ts';
import { planUpsert } from './tree-edits.ts';

export interface CreateTaxonomyInput {
  name: string;
  description?: string | null;
  /** The configured model where left out. */
  modelId?: string | null;
  defaultLanguage: string;
  labels?: readonly LabelInput[] | null;
  promptTemplates?: readonly LocalizedText[] | null;
  idempotencyKey?: string | null;
}

interface NewTaxonomy {
  about: { name: string; description: string | null; modelId: string; defaultLanguage: string };
  labels: CheckedLabel[];
  templates: LocalizedText[];
}

/**
 * Creates a taxonomy with its draft, once for an idempotency key.
 * Throws NAME_TAKEN, MODEL_NOT_AVAILABLE, or as `checkLabels`, `planUpsert` and `checkTemplates`.
 */
export async function createTaxonomy(
  { db, inference }: { db: TenantDb; inference: Models },
  tenantId: string,
  { idempotencyKey, ...input }: CreateTaxonomyInput,
): Promise<Taxonomy> {
  const created = checkInput(input, inference);
  const request = { key: idempotencyKey, operation: 'createTaxonomy', input };
  return idempotently(db, tenantId, request, {
    work: (complete) =>
      withFreeName(db, tenantId, input.name, () =>
        db.withTenant(tenantId, async (tx) => {
          const taxonomy = await insertTaxonomy(tx, tenantId, created);
          await complete(tx, { taxonomyId: taxonomy.id });
          return taxonomy;
        }),
      ),
    replay: (response) => {
      const { taxonomyId: id } = response as { taxonomyId: string };
      const where = { tenantId_id: { tenantId, id } };
      return db.withTenant(tenantId, (tx) => tx.taxonomy.findUniqueOrThrow({ where }));
    },
  });
}

function checkInput(input: CreateTaxonomyInput, inference: Models): NewTaxonomy {
  const { name, description = null } = input;
  checkName(name);
  checkDescription(description);
  const defaultLanguage = canonicalLanguage(input.defaultLanguage, ['defaultLanguage']);
  return {
    about: { name, description, modelId: requireModel(inference, input.modelId).id, defaultLanguage },
    labels: checkLabels(input.labels ?? []),
    templates: checkTemplates(input.promptTemplates ?? []),
  };
}

async function insertTaxonomy(
  tx: Tx,
  tenantId: string,
  { about, labels, templates }: NewTaxonomy,
): Promise<Taxonomy> {
  const { modelId, defaultLanguage } = about;
  const places = planUpsert(new Map(), labels);
  const taxonomy = await tx.taxonomy.create({ data: { ...about, tenantId, id: newUuid() } });
  const draft = await tx.taxonomyVersion.create({
    data: {
      tenantId,
      id: newUuid(),
      taxonomyId: taxonomy.id,
      number: 0,
      state: 'DRAFT',
      modelId,
      modelRevision: '', // a draft follows the model; a version is bound to a revision
      defaultLanguage,
      labelCount: labels.length,
    },
  });
  const owner = { tenantId, versionId: draft.id };
  await writeLabels(tx, owner, labels, places);
  await insertTemplates(tx, owner, templates);
  return taxonomy;
}
