import type { TaxonomyVersion } from '../database/generated/client.ts';
import { AppError } from '../errors.ts';
import type { Inference } from '../inference/index.ts';
import type { Job } from '../jobs/queue.ts';
import type { TenantDb } from '../tenancy/tenant-db.ts';
import { buildMatrix } from './build-matrix.ts';
import type { EmbedJob } from './embed-queue.ts';
import { readTemplates } from './prompt-templates.ts';
import { distinctTexts, planPrompts, toPromptLabel, type PromptPlan } from './prompts.ts';
import { cacheTexts, findMissingTexts } from './text-cache.ts';
import { packVectors } from './vectors.ts';

interface Services {
  db: TenantDb;
  inference: Pick<Inference, 'models' | 'embedTexts'>;
}

/** A version that is being embedded, and the prompts that it needs. */
interface Work {
  version: TaxonomyVersion;
  plan: PromptPlan;
}

/** Texts that are looked up at once, and texts that are embedded between two reports of progress. */
const LOOKUP_SIZE = 4_096;
const CHUNK_SIZE = 128;

/**
 * Embeds what the cache lacks, builds the taxonomy matrices and sets the version READY. Idempotent, and resumable at
 * any point: what it did before stands in the database. No transaction is open while the encoder works.
 * Throws MODEL_NOT_AVAILABLE where the version's model is not loaded here, RangeError where a label has no direction.
 */
export async function embedVersion(
  services: Services,
  { data, signal, complete }: Pick<Job<EmbedJob>, 'data' | 'signal' | 'complete'>,
): Promise<void> {
  const work = await loadWork(services.db, data);
  if (!work) return;
  checkModel(services.inference, work.version);
  await embedMissing(services, work, signal);
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

async function embedMissing(
  { db, inference }: Services,
  { version, plan }: Work,
  signal: AbortSignal,
): Promise<void> {
  const { tenantId, id, modelId } = version;
  for await (const { texts, embeddedCount } of missingChunks(db, version, [...distinctTexts(plan)])) {
    signal.throwIfAborted();
    const { embeddings } = await inference.embedTexts({ tenantId, modelId, texts, signal });
    await db.withTenant(tenantId, async (tx) => {
      await cacheTexts(tx, version, texts, embeddings);
      // Never backwards: at publish the texts cached further on were counted, too.
      await tx.taxonomyVersion.updateMany({
        where: { tenantId, id, state: 'EMBEDDING', embeddedPromptCount: { lt: embeddedCount } },
        data: { embeddedPromptCount: embeddedCount },
      });
    });
  }
}

/** Those of the texts that are not cached, chunk by chunk, with how many have their embedding once the chunk has. */
async function* missingChunks(db: TenantDb, version: TaxonomyVersion, texts: readonly string[]) {
  let embeddedCount = 0;
  for (let start = 0; start < texts.length; start += LOOKUP_SIZE) {
    const looked = texts.slice(start, start + LOOKUP_SIZE);
    const missing = await db.withTenant(version.tenantId, (tx) => findMissingTexts(tx, version, looked));
    embeddedCount += looked.length - missing.length;
    for (let next = 0; next < missing.length; next += CHUNK_SIZE) {
      const chunk = missing.slice(next, next + CHUNK_SIZE);
      embeddedCount += chunk.length;
      yield { texts: chunk, embeddedCount };
    }
  }
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
