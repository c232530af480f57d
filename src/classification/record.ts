import { topics } from '../changes/topics.ts';
import type { Services } from '../context.ts';
import { Prisma, type Classification } from '../database/generated/client.ts';
import { AppError } from '../errors.ts';
import { recordUsage } from '../metering/ledger.ts';
import type { Complete } from '../tenancy/idempotency.ts';
import type { Reservation } from '../tenancy/quota-gate.ts';
import type { TenantDb, Tx } from '../tenancy/tenant-db.ts';
import { buildClassificationEvents } from './classification-events.ts';
import type { Caller } from './classify.ts';
import { keepEmbeddings } from './kept-embeddings.ts';
import type { ImageInfo, ImageResult, Outcome } from './results.ts';
import type { Scored, ScoredImage } from './score-images.ts';
import type { Target } from './targets.ts';
import { toUsage } from './usage-entries.ts';

export interface RecordOptions extends Pick<Reservation, 'charge' | 'keeps'> {
  /** What the outcomes of each image are of, in order. */
  targets: readonly Pick<Target, 'version'>[];
  complete: Complete;
  /** Where the images are some of more: which of them each is, from 0. */
  positions?: readonly number[];
  /** Where each image is metered by itself: the id of the entry of the image at this index, by this model. */
  usageId?: (index: number, modelId: string) => string;
}

/**
 * Saves in one transaction every classification of a request, its predictions, the events that tell of it, what it
 * adds to the ledger, its idempotent answer and its price; and its image embeddings, where the tenant keeps them.
 */
export async function recordClassifications(
  { db, events, changes }: Pick<Services, 'db' | 'events' | 'changes'>,
  { tenantId, apiKeyId, requestId }: Pick<Caller, 'tenantId' | 'apiKeyId' | 'requestId'>,
  images: ScoredImage[],
  { targets, complete, charge, keeps, positions, usageId }: RecordOptions,
): Promise<ImageResult[]> {
  const createdAt = new Date();
  const results = images.map((image, index): ImageResult => ({
    index: positions?.[index] ?? index,
    reference: image.reference,
    image: image.image,
    outcomes: image.outcomes.map((outcome) =>
      'error' in outcome ? outcome : toRows({ tenantId, requestId, createdAt }, image, outcome),
    ),
  }));
  const recorded = results.flatMap(({ outcomes }) =>
    outcomes.flatMap((outcome) => ('error' in outcome ? [] : [outcome])),
  );
  await db.withTenant(tenantId, async (tx) => {
    await insertClassifications(
      tx,
      recorded.map(({ classification }) => classification),
    );
    await insertPredictions(
      tx,
      recorded.flatMap(({ predictions }) => predictions),
    );
    if (keeps.embeddings) await keepEmbeddings(tx, tenantId, images, createdAt);
    const metadata = images.map((image) => image.metadata);
    await events.record(tx, tenantId, ['classification.completed', 'classification.failed'], () =>
      buildClassificationEvents(tx, { tenantId, requestId, results, targets, metadata }),
    );
    await recordUsage(tx, toUsage({ tenantId, apiKeyId }, results, usageId), createdAt);
    await complete(tx, toStored(results));
    await charge(tx, {
      images: results.filter(({ outcomes }) => outcomes.some((outcome) => !('error' in outcome))).length,
      classifications: recorded.length,
    });
    await logClassifications(
      tx,
      recorded.map(({ classification }) => classification),
    );
  });
  for (const { version } of targets) changes.tell(topics.classificationsOf(tenantId, version.taxonomyId));
  return results;
}

export type Recorded = Extract<Outcome, { classification: Classification }>;

function toRows(
  request: { tenantId: string; requestId: string; createdAt: Date },
  { reference, metadata, image }: ScoredImage,
  { id, target, timing, predictions }: Scored,
): Recorded {
  const { version, model, language, promptLanguage } = target;
  return {
    classification: {
      ...request,
      id,
      taxonomyId: version.taxonomyId,
      versionId: version.id,
      modelId: model.id,
      modelRevision: model.revision,
      language,
      promptLanguage,
      imageSha256: Uint8Array.from(Buffer.from(image!.sha256, 'hex')),
      imageWidth: image!.width,
      imageHeight: image!.height,
      imageFormat: image!.format,
      imageSizeBytes: image!.sizeBytes,
      reference,
      metadata: metadata as Prisma.JsonObject | null,
      timing: { ...timing },
    },
    predictions: predictions.map((prediction, rank) => ({
      tenantId: request.tenantId,
      classificationId: id,
      rank,
      ...prediction,
    })),
  };
}

async function insertClassifications(tx: Tx, rows: Classification[]): Promise<void> {
  await tx.classification.createMany({
    data: rows.map((row) => ({
      ...row,
      metadata: (row.metadata as Prisma.InputJsonObject | null) ?? Prisma.DbNull,
      timing: row.timing as Prisma.InputJsonObject,
    })),
  });
}

/** Predictions in one statement: some milliseconds of work for the event loop. */
const STATEMENT_SIZE = 1_000;

async function insertPredictions(tx: Tx, rows: Recorded['predictions']): Promise<void> {
  for (let start = 0; start < rows.length; start += STATEMENT_SIZE) {
    await insertSome(tx, rows.slice(start, start + STATEMENT_SIZE));
  }
}

async function insertSome(tx: Tx, rows: Recorded['predictions']): Promise<void> {
  await tx.$executeRaw`
    insert into prediction (tenant_id, classification_id, rank, label_id, similarity, score, prompt_language)
    select * from unnest(
      ${rows.map((row) => row.tenantId)}::uuid[], ${rows.map((row) => row.classificationId)}::uuid[],
      ${rows.map((row) => row.rank)}::int[], ${rows.map((row) => row.labelId)}::uuid[],
      ${rows.map((row) => row.similarity)}::float8[], ${rows.map((row) => row.score)}::float8[],
      ${rows.map((row) => row.promptLanguage)}::text[])`;
}

/** For those who follow a taxonomy. From here to the commit no other transaction of the tenant does the same. */
async function logClassifications(tx: Tx, rows: Classification[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.$executeRaw`
    insert into classification_log (tenant_id, classification_id, taxonomy_id)
    select * from unnest(
      ${rows.map((row) => row.tenantId)}::uuid[], ${rows.map((row) => row.id)}::uuid[],
      ${rows.map((row) => row.taxonomyId)}::uuid[])`;
}

/** The answer as the idempotency key keeps it: a classification by its id, everything else as it was told. */
interface StoredResult {
  reference: string | null;
  image: ImageInfo | null;
  outcomes: ({ id: string } | { error: { code: AppError['code']; message: string } })[];
}

function toStored(results: ImageResult[]): Prisma.InputJsonValue {
  const stored = results.map(({ reference, image, outcomes }): StoredResult => ({
    reference,
    image,
    outcomes: outcomes.map((outcome) =>
      'error' in outcome
        ? { error: { code: outcome.error.code, message: outcome.error.message } }
        : { id: outcome.classification.id },
    ),
  }));
  return stored as unknown as Prisma.InputJsonArray;
}

/** The first answer of an idempotent request, read again. */
export async function replayClassifications(
  db: TenantDb,
  tenantId: string,
  response: unknown,
): Promise<ImageResult[]> {
  const stored = response as StoredResult[];
  const ids = stored.flatMap(({ outcomes }) =>
    outcomes.flatMap((outcome) => ('id' in outcome ? [outcome.id] : [])),
  );
  const rows = await db.withTenant(tenantId, (tx) =>
    tx.classification.findMany({
      where: { tenantId, id: { in: ids } },
      include: { predictions: { orderBy: { rank: 'asc' } } },
    }),
  );
  const byId = new Map(
    rows.map(({ predictions, ...classification }) => [classification.id, { classification, predictions }]),
  );
  return stored.map(({ reference, image, outcomes }, index) => ({
    index,
    reference,
    image,
    outcomes: outcomes.map((outcome) => ('error' in outcome ? outcome : byId.get(outcome.id)!)),
  }));
}
