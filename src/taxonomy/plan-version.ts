import type { Label } from '../database/generated/client.ts';
import { AppError } from '../errors.ts';
import type { ModelStatus } from '../inference/index.ts';
import type { TenantDb } from '../tenancy/tenant-db.ts';
import { lockDraft, type DraftEdit } from './edit-draft.ts';
import type { LocalizedText } from './label-name.ts';
import { requireModelOf, type Models } from './models.ts';
import { choosePromptLanguages, findWarnings, type PublishWarning } from './prompt-languages.ts';
import { readTemplates } from './prompt-templates.ts';
import { distinctTexts, planPrompts, toPromptLabel } from './prompts.ts';
import { readLabels } from './read-labels.ts';
import { countCachedTexts } from './text-cache.ts';

/** What a draft at one revision makes when it is published. */
export interface VersionPlan {
  model: ModelStatus;
  /** The keys of its labels depth first: the rows of the taxonomy matrix. */
  order: string[];
  promptLanguages: string[];
  warnings: PublishWarning[];
  promptCount: number;
  /** How many of the prompts have their text embedding by now. */
  cachedPromptCount: number;
}

/**
 * Finds out what the draft makes, before the transaction that freezes it: for 300,000 prompts that takes seconds.
 * Whoever freezes compares revisions again, so the plan is that of the same draft.
 * Throws as `lockDraft`, and TAXONOMY_EMPTY, MODEL_NOT_AVAILABLE, or INVALID_INPUT for too many prompts.
 */
export async function planVersion(
  { db, inference }: { db: TenantDb; inference: Models },
  tenantId: string,
  edit: DraftEdit,
): Promise<VersionPlan> {
  const { model, defaultLanguage, labels, templates } = await readDraft(db, inference, tenantId, edit);
  const promptLabels = labels.map(toPromptLabel);
  const languages = { labels: promptLabels, model, defaultLanguage };
  const promptLanguages = choosePromptLanguages(languages);
  const plan = await planPrompts({ labels: promptLabels, templates, promptLanguages, defaultLanguage });
  const texts = await distinctTexts(plan);
  return {
    model,
    order: labels.map(({ key }) => key),
    promptLanguages,
    warnings: findWarnings(languages, promptLanguages, templates),
    promptCount: texts.length,
    cachedPromptCount: await countCached(db, tenantId, model, texts),
  };
}

/** None of a model that sees its padding: how long that is, the encoder has to be asked language by language. */
async function countCached(
  db: TenantDb,
  tenantId: string,
  { textRevision, textMask }: ModelStatus,
  texts: string[],
): Promise<number> {
  return textMask === 'none' ? 0 : countCachedTexts(db, { tenantId, textRevision }, texts);
}

interface ReadDraft {
  model: ModelStatus;
  defaultLanguage: string;
  labels: Label[];
  templates: LocalizedText[];
}

/** Under the lock: labels and templates are read in several statements, and no edit may come between them. */
async function readDraft(
  db: TenantDb,
  inference: Models,
  tenantId: string,
  edit: DraftEdit,
): Promise<ReadDraft> {
  return db.withTenant(tenantId, async (tx) => {
    const { taxonomy, draft } = await lockDraft(tx, tenantId, edit);
    const model = requireModelOf(inference, taxonomy);
    const labels = await readLabels(tx, { tenantId, versionId: draft.id });
    if (labels.length === 0) throw noLabels(taxonomy.name);
    const templates = await readTemplates(tx, tenantId, [draft.id]);
    return { model, defaultLanguage: taxonomy.defaultLanguage, labels, templates };
  });
}

/** What publishing and previewing an empty draft throw. */
export function noLabels(taxonomyName: string): AppError {
  return new AppError('TAXONOMY_EMPTY', {
    message: `The draft of '${taxonomyName}' has no labels: add some with 'upsertLabels' first.`,
    path: ['taxonomyId'],
  });
}
