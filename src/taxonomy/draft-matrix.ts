import type { Label } from '../database/generated/client.ts';
import { AppError } from '../errors.ts';
import type { ModelStatus } from '../inference/index.ts';
import { buildMatrix } from './build-matrix.ts';
import { chooseTextCache } from './choose-text-cache.ts';
import { embedMissing, type EmbedServices } from './embed-missing.ts';
import type { CachedMatrix } from './matrix.ts';
import { requireModelOf } from './models.ts';
import { choosePromptLanguages } from './prompt-languages.ts';
import { readTemplates } from './prompt-templates.ts';
import { distinctTexts, planPrompts, toPromptLabel, type LabelPrompts } from './prompts.ts';
import { readDraftLabels } from './read-labels.ts';
import { choosePromptLanguage } from './resolve-version.ts';
import { countCachedTexts } from './text-cache.ts';

/** What a draft would be scored with, if it were published now. */
export interface DraftMatrix {
  revision: number;
  /** The rows of the matrix. */
  labels: Label[];
  model: ModelStatus;
  promptLanguage: string;
  matrix: CachedMatrix;
  embeddedPrompts: number;
  cachedPrompts: number;
}

/** A preview is waited for: beyond these a publication, which shows its progress, is the way. */
const MAX = { labels: 5_000, prompts: 20_000, newPrompts: 1_000 };

/**
 * The label embeddings of the draft as it stands, in one prompt language. Stores nothing but text embeddings, which
 * the next publication finds. Throws NOT_FOUND, TAXONOMY_EMPTY, MODEL_NOT_AVAILABLE, and INVALID_INPUT for a draft
 * that is too large to wait for, or a language that it cannot be scored in.
 */
export async function buildDraftMatrix(
  services: EmbedServices,
  tenantId: string,
  { taxonomyId, promptLanguage }: { taxonomyId: string; promptLanguage: string | null },
  signal: AbortSignal,
): Promise<DraftMatrix> {
  const draft = await readDraft(services, tenantId, taxonomyId, promptLanguage);
  const { model, prompts, language, labels } = draft;
  const texts = [...distinctTexts(new Map([[language, prompts]]))];
  refuseMore('prompts', texts.length, MAX.prompts);
  const cache = await chooseTextCache(services.inference, tenantId, model, texts, signal);
  const cachedPrompts = await services.db.withTenant(tenantId, (tx) => countCachedTexts(tx, cache, texts));
  const embeddedPrompts = texts.length - cachedPrompts;
  refuseMore('prompts that are not embedded yet', embeddedPrompts, MAX.newPrompts);
  await embedMissing(services, cache, texts, { signal });
  const { matrix, dimension, fallbacks } = await buildMatrix(services.db, cache, language, prompts);
  return {
    revision: draft.revision,
    labels,
    model,
    promptLanguage: language,
    matrix: { data: matrix, dimension, fallbacks, labelIds: labels.map(({ id }) => id) },
    embeddedPrompts,
    cachedPrompts,
  };
}

interface ReadDraft {
  revision: number;
  labels: Label[];
  model: ModelStatus;
  language: string;
  prompts: readonly LabelPrompts[];
}

async function readDraft(
  { db, inference }: EmbedServices,
  tenantId: string,
  taxonomyId: string,
  wanted: string | null,
): Promise<ReadDraft> {
  return db.withTenant(tenantId, async (tx) => {
    const taxonomy = await tx.taxonomy.findUnique({ where: { tenantId_id: { tenantId, id: taxonomyId } } });
    if (!taxonomy) {
      throw new AppError('NOT_FOUND', { message: 'There is no such taxonomy.', path: ['taxonomyId'] });
    }
    const { defaultLanguage, revision } = taxonomy;
    const draft = await tx.taxonomyVersion.findUniqueOrThrow({
      where: { tenantId_taxonomyId_number: { tenantId, taxonomyId, number: 0 } },
    });
    refuseMore('labels', draft.labelCount, MAX.labels);
    const model = requireModelOf(inference, taxonomy);
    const labels = await readDraftLabels(tx, { tenantId, versionId: draft.id });
    if (labels.length === 0) {
      const message = `The draft of '${taxonomy.name}' has no labels: add some with 'upsertLabels' first.`;
      throw new AppError('TAXONOMY_EMPTY', { message, path: ['taxonomyId'] });
    }
    const templates = await readTemplates(tx, tenantId, [draft.id]);
    const promptLabels = labels.map(toPromptLabel);
    const promptLanguages = choosePromptLanguages({ labels: promptLabels, model, defaultLanguage });
    const language = choosePromptLanguage({ number: 0, promptLanguages }, model, wanted);
    const plan = planPrompts({
      labels: promptLabels,
      templates,
      promptLanguages: [language],
      defaultLanguage,
    });
    return { revision, labels, model, language, prompts: plan.get(language)! };
  });
}

function refuseMore(what: string, count: number, most: number): void {
  if (count <= most) return;
  throw new AppError('INVALID_INPUT', {
    message: `A preview takes at most ${most} ${what}; this draft has ${count}. Publish it with 'publishTaxonomy', which shows its progress, and classify against the version.`,
    path: ['taxonomyId'],
    details: { count, most },
  });
}
