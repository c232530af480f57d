import type { Label, Taxonomy } from '../database/generated/client.ts';
import { AppError } from '../errors.ts';
import type { ModelStatus } from '../inference/index.ts';
import type { TenantDb } from '../tenancy/tenant-db.ts';
import { buildMatrix } from './build-matrix.ts';
import { chooseTextCache } from './choose-text-cache.ts';
import { embedMissing, type EmbedServices } from './embed-missing.ts';
import type { LocalizedText } from './label-name.ts';
import type { CachedMatrix } from './matrix.ts';
import { requireModelOf } from './models.ts';
import { noLabels } from './plan-version.ts';
import { choosePromptLanguages } from './prompt-languages.ts';
import { readTemplates } from './prompt-templates.ts';
import { distinctTexts, planPrompts, toPromptLabel } from './prompts.ts';
import { readLabels } from './read-labels.ts';
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
  const { db, inference } = services;
  const { taxonomy, labels, templates } = await readDraft(db, tenantId, taxonomyId);
  const { defaultLanguage, revision } = taxonomy;
  const model = requireModelOf(inference, taxonomy);
  const promptLabels = labels.map(toPromptLabel);
  const promptLanguages = choosePromptLanguages({ labels: promptLabels, model, defaultLanguage });
  const language = choosePromptLanguage({ number: 0, promptLanguages }, model, promptLanguage);
  const source = { labels: promptLabels, templates, promptLanguages: [language], defaultLanguage };
  const plan = await planPrompts(source);
  const texts = await distinctTexts(plan);
  refuseMore('prompts', texts.length, MAX.prompts);
  const cache = await chooseTextCache(inference, tenantId, model, texts, signal);
  const cachedPrompts = await countCachedTexts(db, cache, texts);
  const embeddedPrompts = texts.length - cachedPrompts;
  refuseMore('prompts that are not embedded yet', embeddedPrompts, MAX.newPrompts);
  await embedMissing(services, cache, texts, { signal });
  const { matrix, dimension, fallbacks } = await buildMatrix(db, cache, language, plan.get(language)!);
  return {
    revision,
    labels,
    model,
    promptLanguage: language,
    matrix: { data: matrix, dimension, fallbacks, labelIds: labels.map(({ id }) => id) },
    embeddedPrompts,
    cachedPrompts,
  };
}

interface ReadDraft {
  taxonomy: Taxonomy;
  labels: Label[];
  templates: LocalizedText[];
}

async function readDraft(db: TenantDb, tenantId: string, taxonomyId: string): Promise<ReadDraft> {
  return db.withTenant(tenantId, async (tx) => {
    // Edits wait: the revision that is told is that of the labels.
    await tx.$queryRaw`
      select id from taxonomy where tenant_id = ${tenantId}::uuid and id = ${taxonomyId}::uuid for share`;
    const taxonomy = await tx.taxonomy.findUnique({ where: { tenantId_id: { tenantId, id: taxonomyId } } });
    if (!taxonomy) {
      throw new AppError('NOT_FOUND', { message: 'There is no such taxonomy.', path: ['taxonomyId'] });
    }
    const draft = await tx.taxonomyVersion.findUniqueOrThrow({
      where: { tenantId_taxonomyId_number: { tenantId, taxonomyId, number: 0 } },
    });
    refuseMore('labels', draft.labelCount, MAX.labels);
    const labels = await readLabels(tx, { tenantId, versionId: draft.id });
    if (labels.length === 0) throw noLabels(taxonomy.name);
    return { taxonomy, labels, templates: await readTemplates(tx, tenantId, [draft.id]) };
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
