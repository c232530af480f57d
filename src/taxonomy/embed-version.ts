import type { TaxonomyVersion } from '../database/generated/client.ts';
import { AppError } from '../errors.ts';
import type { EventLog } from '../events/event-log.ts';
import type { Inference, ModelStatus } from '../inference/index.ts';
import type { Job } from '../jobs/queue.ts';
import type { TenantDb } from '../tenancy/tenant-db.ts';
import { buildMatrix } from './build-matrix.ts';
import { chooseTextCache } from './choose-text-cache.ts';
import { findClosestLabels } from './closeness/find-closest-labels.ts';
import { embedMissing, type EmbedServices as EmbedMissingServices } from './embed-missing.ts';
import type { EmbedJob } from './embed-queue.ts';
import { findLint } from './lint.ts';
import { writeMatrix } from './matrix-rows.ts';
import { warningsOf, type PublishWarning } from './prompt-languages.ts';
import { collectOddPrompts, countEmptyTokens } from './prompt-lint.ts';
import { readTemplates } from './prompt-templates.ts';
import { distinctTexts, planPrompts, toPromptLabel, type PromptPlan } from './prompts.ts';
import { toPublishedEvent } from './published-event.ts';
import { readLabels } from './read-labels.ts';
import type { TextCache } from './text-cache.ts';

type EmbedServices = EmbedMissingServices & { events: EventLog };

/** A version that is being embedded, and the prompts that it needs. */
interface Work {
  version: TaxonomyVersion;
  /** Of the labels, by their rows in the taxonomy matrix. */
  keys: string[];
  plan: PromptPlan;
}

/**
 * Embeds what the cache lacks, builds the taxonomy matrices, looks for what their author may want to know, and sets
 * the version READY. Idempotent, and resumable at any point: what it did before stands in the database. No transaction
 * is open while the encoder works.
 * Throws MODEL_NOT_AVAILABLE where the version's model is not here or does not run, RangeError where a label has no direction.
 */
export async function embedVersion(
  services: EmbedServices,
  { data, signal, complete }: Pick<Job<EmbedJob>, 'data' | 'signal' | 'complete'>,
): Promise<void> {
  const work = await loadWork(services.db, data);
  if (!work) return;
  const model = findModel(services.inference, work.version);
  // Its texts may all be cached, and its images are for later: a version that is READY can be classified against.
  const { tenantId } = work.version;
  await services.inference.proveModel({ tenantId, modelId: model.id, signal });
  const caches = await embedPrompts(services, work, model, signal);
  const warnings = await storeMatrices(services, work, { model, caches }, signal);
  await setReady(services, { version: work.version, warnings, complete });
}

/** Null where nothing is left to do. The version is frozen, so the plan is the one that was counted at publish. */
async function loadWork(db: TenantDb, { tenantId, versionId }: EmbedJob): Promise<Work | null> {
  const read = await db.withTenant(tenantId, async (tx) => {
    const where = { tenantId_id: { tenantId, id: versionId } };
    const version = await tx.taxonomyVersion.findUnique({ where });
    if (version?.state !== 'EMBEDDING') return null;
    const labels = await readLabels(tx, { tenantId, versionId });
    return { version, labels, templates: await readTemplates(tx, tenantId, [versionId]) };
  });
  if (!read) return null;
  const { version, labels, templates } = read;
  const plan = await planPrompts({ ...version, labels: labels.map(toPromptLabel), templates });
  return { version, keys: labels.map(({ key }) => key), plan };
}

/** Embeddings of one revision are never mixed with those of another. */
function findModel(
  { models }: Pick<Inference, 'models'>,
  { modelId, modelRevision }: TaxonomyVersion,
): ModelStatus {
  const model = models.find(({ id }) => id === modelId);
  if (model?.revision === modelRevision) return model;
  const found = model ? `here at revision ${model.revision.slice(0, 12)}` : 'no longer here';
  const message = `The version was published for '${modelId}' at revision ${modelRevision.slice(0, 12)}, which is ${found}. Publish again, for another model ('updateTaxonomy') where it is gone.`;
  throw new AppError('MODEL_NOT_AVAILABLE', { message, retryAfterMs: 1_000 });
}

/** Embeds the prompts of one language after the other, and says by language where their embeddings are. */
async function embedPrompts(
  services: EmbedServices,
  { version: { tenantId, id }, plan }: Work,
  model: ModelStatus,
  signal: AbortSignal,
): Promise<Map<string, TextCache>> {
  const caches = new Map<string, TextCache>();
  const counted = new Set<string>();
  for (const [language, labels] of plan) {
    const texts = await distinctTexts(new Map([[language, labels]]));
    const cache = await chooseTextCache(services.inference, tenantId, model, texts, signal);
    const before = counted.size;
    for (const text of texts) counted.add(text);
    await embedMissing(services, cache, texts, {
      signal,
      onCached: (tx, embeddedCount) => {
        const embedded = Math.min(before + embeddedCount, counted.size);
        // Never backwards: at publish the texts cached further on were counted, too.
        return tx.taxonomyVersion.updateMany({
          where: { tenantId, id, state: 'EMBEDDING', embeddedPromptCount: { lt: embedded } },
          data: { embeddedPromptCount: embedded },
        });
      },
    });
    caches.set(language, cache);
  }
  return caches;
}

/** Stores a matrix a prompt language, and gives what there is to say of them. */
async function storeMatrices(
  { db, inference }: EmbedServices,
  { version, keys, plan }: Work,
  { model, caches }: { model: ModelStatus; caches: ReadonlyMap<string, TextCache> },
  signal: AbortSignal,
): Promise<PublishWarning[]> {
  const { tenantId, id: versionId } = version;
  const { contextLength } = model;
  const emptyTokens = await countEmptyTokens(inference, tenantId, model);
  const warnings: PublishWarning[] = [];
  for (const [language, labels] of plan) {
    signal.throwIfAborted();
    const { visit, ...odd } = collectOddPrompts(keys, { emptyTokens, contextLength });
    const built = await buildMatrix(db, caches.get(language)!, language, labels, visit);
    const closest = await findClosestLabels(built, signal);
    await writeMatrix(db, { tenantId, versionId, language }, { ...built, closest });
    warnings.push(...findLint({ language, keys, closest, ...odd }, contextLength));
  }
  return warnings;
}

/** From here on the database refuses every change to the version. */
async function setReady(
  { db, events }: Pick<EmbedServices, 'db' | 'events'>,
  ready: { version: TaxonomyVersion; warnings: PublishWarning[]; complete: Job<EmbedJob>['complete'] },
): Promise<void> {
  const { tenantId, id, promptCount } = ready.version;
  const warnings = [...warningsOf(ready.version), ...ready.warnings].map((warning) => ({ ...warning }));
  await db.withTenant(tenantId, async (tx) => {
    const published = await tx.taxonomyVersion.updateManyAndReturn({
      where: { tenantId, id, state: 'EMBEDDING' },
      data: { state: 'READY', publishedAt: new Date(), embeddedPromptCount: promptCount, warnings },
      include: { taxonomy: true },
    });
    await events.record(tx, tenantId, ['taxonomy.published'], () => published.map(toPublishedEvent));
    await ready.complete(tx);
  });
}
