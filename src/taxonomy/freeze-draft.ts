import type { Label, Prisma, PromptTemplate } from '../database/generated/client.ts';
import { AppError } from '../errors.ts';
import { newUuid } from '../ids.ts';
import type { ModelStatus } from '../inference/index.ts';
import type { Queue } from '../jobs/queue.ts';
import type { Tx } from '../tenancy/tenant-db.ts';
import { lockDraft, type DraftEdit, type LockedDraft } from './edit-draft.ts';
import { EMBED_QUEUE } from './embed-queue.ts';
import { copyLayouts } from './files/layouts.ts';
import { copyLabels, copyTemplates } from './label-rows.ts';
import { requireModelOf, type Models } from './models.ts';
import { choosePromptLanguages, findWarnings } from './prompt-languages.ts';
import { readTemplates } from './prompt-templates.ts';
import { readDraftLabels } from './read-labels.ts';
import { distinctTexts, planPrompts, toPromptLabel } from './prompts.ts';
import { countCachedTexts } from './text-cache.ts';

/** What freezing a draft made: kept as the answer of an idempotent publish, so plain JSON. */
export interface FrozenDraft {
  versionId: string;
  promptCount: number;
  cachedPromptCount: number;
}

/**
 * Copies the draft to a new version in state EMBEDDING, labels numbered depth first (their rows in the taxonomy
 * matrix), and queues the embedding of its prompts, all in the caller's transaction.
 * Throws as `lockDraft`, and TAXONOMY_EMPTY, MODEL_NOT_AVAILABLE, or INVALID_INPUT for too many prompts.
 */
export async function freezeDraft(
  { tx, queue, inference }: { tx: Tx; queue: Queue; inference: Models },
  tenantId: string,
  { note, ...edit }: DraftEdit & { note?: string | null },
): Promise<FrozenDraft> {
  const locked = await lockDraft(tx, tenantId, edit);
  const model = requireModelOf(inference, locked.taxonomy);
  const labels = await readDraftLabels(tx, { tenantId, versionId: locked.draft.id });
  if (labels.length === 0) throw noLabels(locked);
  const templates = await readTemplates(tx, tenantId, [locked.draft.id]);
  const { texts, promptLanguages, warnings } = planVersion(locked, model, labels, templates);
  const promptCount = texts.length;
  const cachedPromptCount = await countCached(tx, tenantId, model, texts);

  const versionId = await insertVersion(tx, locked, model, {
    note: note ?? null,
    promptLanguages,
    warnings: warnings.map((warning) => ({ ...warning })),
    labelCount: labels.length,
    promptCount,
    cachedPromptCount,
    embeddedPromptCount: cachedPromptCount,
  });
  const copy = {
    fromVersionId: locked.draft.id,
    toVersionId: versionId,
    order: labels.map(({ key }) => key),
  };
  await copyLabels(tx, tenantId, copy);
  await copyTemplates(tx, tenantId, copy);
  await copyLayouts(tx, tenantId, copy);
  await queue.send(tx, EMBED_QUEUE, { tenantId, versionId });
  return { versionId, promptCount, cachedPromptCount };
}

/** None of a model that sees its padding: how long that is, the encoder has to be asked, outside of a transaction. */
async function countCached(tx: Tx, tenantId: string, model: ModelStatus, texts: string[]): Promise<number> {
  const { textRevision, textMask } = model;
  return textMask === 'none' ? 0 : countCachedTexts(tx, { tenantId, textRevision }, texts);
}

function noLabels({ taxonomy }: LockedDraft): AppError {
  return new AppError('TAXONOMY_EMPTY', {
    message: `The draft of '${taxonomy.name}' has no labels: add some with 'upsertLabels' first.`,
    path: ['taxonomyId'],
  });
}

function planVersion(
  { taxonomy }: LockedDraft,
  model: ModelStatus,
  rows: Label[],
  templates: PromptTemplate[],
) {
  const { defaultLanguage } = taxonomy;
  const labels = rows.map(toPromptLabel);
  const promptLanguages = choosePromptLanguages({ labels, model, defaultLanguage });
  const plan = planPrompts({ labels, templates, promptLanguages, defaultLanguage });
  const warnings = findWarnings({ labels, model, defaultLanguage }, promptLanguages);
  return { promptLanguages, texts: [...distinctTexts(plan)], warnings };
}

interface NewVersion {
  note: string | null;
  labelCount: number;
  promptLanguages: string[];
  warnings: Prisma.InputJsonArray;
  promptCount: number;
  cachedPromptCount: number;
  embeddedPromptCount: number;
}

/** The lock on the taxonomy keeps two publishes from taking the same number. */
async function insertVersion(tx: Tx, { taxonomy }: LockedDraft, model: ModelStatus, version: NewVersion) {
  const { tenantId, id: taxonomyId, defaultLanguage } = taxonomy;
  const { _max } = await tx.taxonomyVersion.aggregate({
    where: { tenantId, taxonomyId },
    _max: { number: true },
  });
  const { id } = await tx.taxonomyVersion.create({
    data: {
      ...version,
      tenantId,
      id: newUuid(),
      taxonomyId,
      number: (_max.number ?? 0) + 1,
      state: 'EMBEDDING',
      modelId: model.id,
      modelRevision: model.revision,
      defaultLanguage,
    },
  });
  return id;
}
