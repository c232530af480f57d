import type { TaxonomyVersion } from '../database/generated/client.ts';
import { AppError } from '../errors.ts';
import type { Inference } from '../inference/index.ts';
import type { Job } from '../jobs/queue.ts';
import type { TenantDb } from '../tenancy/tenant-db.ts';
import { buildMatrix } from './build-matrix.ts';
import { embedMissing, type EmbedServices } from './embed-missing.ts';
import type { EmbedJob } from './embed-queue.ts';
import { readTemplates } from './prompt-templates.ts';
import { distinctTexts, planPrompts, toPromptLabel, type PromptPlan } from './prompts.ts';
import { packVectors } from './vectors.ts';

/** A version that is being embedded, and the prompts that it needs. */
interface Work {
  version: TaxonomyVersion;
  plan: PromptPlan;
}

/**
 * Embeds what the cache lacks, builds the taxonomy matrices and sets the version READY. Idempotent, and resumable at
 * any point: what it did before stands in the database. No transaction is open while the encoder works.
 * Throws MODEL_NOT_AVAILABLE where the version's model is not loaded here, RangeError where a label has no direction.
 */
export async function embedVersion(
  services: EmbedServices,
  { data, signal, complete }: Pick<Job<EmbedJob>, 'data' | 'signal' | 'complete'>,
): Promise<void> {
  const work = await loadWork(services.db, data);
  if (!work) return;
  checkModel(services.inference, work.version);
  await embedPrompts(services, work, signal);
  await storeMatrices(services.db, work, signal);
  await setReady(services.db, work.version, complete);
}

/** Null where nothing is left to do. The version is frozen, so the plan is the one that was counted at publish. */
async function loadWork(db: TenantDb, { tenantId, versionId }: EmbedJob): Promise<Work | null> {
  return db.withTenant(tenantId, async (tx) => {
    const where = { tenantId_id: { tenantId, id: versionId } };
    const version = await tx.taxonomyVersion.findUnique({ where });
    if (version?.state !== 'EMBEDDING') return null;
    const rows = await tx.label.findMany({ where: { tenantId, versionId }, orderBy: { position: 'asc' } });
    const templates = await readTemplates(tx, tenantId, [versionId]);
    return { version, plan: planPrompts({ ...version, labels: rows.map(toPromptLabel), templates }) };
  });
}

/** Embeddings of one revision are never mixed with those of another. */
function checkModel(
  { models }: Pick<Inference, 'models'>,
  { modelId, modelRevision }: TaxonomyVersion,
): void {
  const model = models.find(({ id }) => id === modelId);
  if (model?.revision === modelRevision) return;
  const found = model ? `at revision ${model.revision.slice(0, 12)}` : 'no more';
  const message = `The version was published for '${modelId}' at revision ${modelRevision.slice(0, 12)}; it is loaded ${found}. Publish again.`;
  throw new AppError('MODEL_NOT_AVAILABLE', { message });
}

async function embedPrompts(services: EmbedServices, { version, plan }: Work, signal: AbortSignal) {
  const { tenantId, id } = version;
  await embedMissing(services, version, [...distinctTexts(plan)], {
    signal,
    // Never backwards: at publish the texts cached further on were counted, too.
    onCached: (tx, embeddedCount) =>
      tx.taxonomyVersion.updateMany({
        where: { tenantId, id, state: 'EMBEDDING', embeddedPromptCount: { lt: embeddedCount } },
        data: { embeddedPromptCount: embeddedCount },
      }),
  });
}

async function storeMatrices(db: TenantDb, { version, plan }: Work, signal: AbortSignal): Promise<void> {
  const { tenantId, id: versionId } = version;
  for (const [language, labels] of plan) {
    signal.throwIfAborted();
    const { matrix, dimension, fallbacks } = await buildMatrix(db, version, language, labels);
    const row = { tenantId, versionId, language, dimension, data: packVectors(matrix), fallbacks };
    await db.withTenant(tenantId, (tx) =>
      tx.taxonomyMatrix.createMany({ data: [row], skipDuplicates: true }),
    );
  }
}

/** From here on the database refuses every change to the version. */
async function setReady(
  db: TenantDb,
  { tenantId, id, promptCount }: TaxonomyVersion,
  complete: Job<EmbedJob>['complete'],
): Promise<void> {
  await db.withTenant(tenantId, async (tx) => {
    await tx.taxonomyVersion.updateMany({
      where: { tenantId, id, state: 'EMBEDDING' },
      data: { state: 'READY', publishedAt: new Date(), embeddedPromptCount: promptCount },
    });
    await complete(tx);
  });
}
