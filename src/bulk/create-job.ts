import { createHash } from 'node:crypto';
import { decodeBase64 } from '../classification/base64.ts';
import { checkImages, checkRange, type ImageSource } from '../classification/classify-input.ts';
import { readImage, type ReadImage } from '../classification/read-image.ts';
import { resolveTargets } from '../classification/targets.ts';
import type { Services } from '../context.ts';
import { Prisma, type ClassificationJob } from '../database/generated/client.ts';
import { newUuid, toId } from '../ids.ts';
import { BULK_LIMITS } from '../limits.ts';
import { idempotently, type Complete } from '../tenancy/idempotency.ts';
import type { Tx } from '../tenancy/tenant-db.ts';
import { checkRunning } from './check-running.ts';
import { BULK_QUEUE, type BulkJob } from './job-queue.ts';
import type { JobSettings } from './job-settings.ts';

export interface CreateJobInput extends JobSettings {
  items: ImageSource[];
  idempotencyKey: string | null;
}

/** Who asked. */
export interface JobOwner {
  tenantId: string;
  apiKeyId: string;
  requestId: string;
}

/** A URL is fetched when its turn comes; any other image is here, or is none. */
type Content = { url: string } | ReadImage;

/**
 * Stores a job and its items and answers at once; workers do the rest. One bad image is a failed item.
 * Throws INVALID_INPUT, what `resolveTargets` throws, RATE_LIMITED where too many jobs run, and QUOTA_EXCEEDED where
 * the tenant's images take too much room.
 */
export async function createJob(
  services: Services,
  owner: JobOwner,
  input: CreateJobInput,
): Promise<ClassificationJob> {
  const { db, config } = services;
  const { tenantId } = owner;
  checkJobInput(input);
  const settings = await pinVersions(services, tenantId, input);
  const contents: Content[] = [];
  for (const { content } of input.items) contents.push(await readContent(content, config.maxImageBytes));
  const { idempotencyKey: key, items, ...asked } = input;
  const described = items.map(({ reference, metadata }, index) => ({
    content: describe(contents[index]!),
    reference,
    metadata,
  }));
  const digest = createHash('sha256').update(JSON.stringify(described)).digest('hex');
  const request = { key, operation: 'createClassificationJob', input: { ...asked, items: digest } };
  const id = await idempotently(db, tenantId, request, {
    work: (complete) => storeJob(services, owner, { settings, items, contents, complete }),
    replay: (response) => Promise.resolve((response as { jobId: string }).jobId),
  });
  const where = { tenantId_id: { tenantId, id } };
  return db.withTenant(tenantId, (tx) => tx.classificationJob.findUniqueOrThrow({ where }));
}

function checkJobInput({ items, taxonomies, topK, minScore }: CreateJobInput): void {
  checkImages(items, BULK_LIMITS.items, 'items');
  checkRange('taxonomies', taxonomies.length, { min: 1, max: 10, unit: 'taxonomies' });
  checkRange('topK', topK, { min: 1, max: 100, unit: 'predictions' });
  if (minScore !== null) checkRange('minScore', minScore, { min: 0, max: 1, unit: 'as a score' });
}

/** The whole job is classified against the versions that are the newest now. */
async function pinVersions(
  services: Services,
  tenantId: string,
  { taxonomies, topK, minScore, language, promptLanguage }: CreateJobInput,
): Promise<JobSettings> {
  const targets = await resolveTargets(services, tenantId, { taxonomies, language, promptLanguage });
  const pinned = targets.map(({ version: { taxonomyId, number } }) => ({
    by: { id: toId('taxonomy', taxonomyId) },
    version: number,
  }));
  return { taxonomies: pinned, topK, minScore, language, promptLanguage };
}

async function readContent(content: ImageSource['content'], maxImageBytes: number): Promise<Content> {
  if ('url' in content) return content;
  return readImage(
    'open' in content ? content.open : async () => decodeBase64(content.base64),
    maxImageBytes,
  );
}

function describe(content: Content): string {
  if ('url' in content) return content.url;
  return 'error' in content ? content.error.code : content.sha256;
}

interface NewJob {
  settings: JobSettings;
  items: ImageSource[];
  contents: Content[];
  complete: Complete;
}

/** Bytes that one transaction writes: it has some seconds. */
const BLOBS_AT_ONCE = 16_000_000;

async function storeJob(services: Services, owner: JobOwner, job: NewJob): Promise<string> {
  const { db, queue, blobs } = services;
  const { tenantId } = owner;
  const jobId = newUuid();
  const blobIds = await storeBlobs(services, tenantId, job.contents);
  try {
    await db.withTenant(tenantId, async (tx) => {
      await checkRunning(tx, tenantId);
      await insertJob(tx, owner, jobId, { ...job, blobIds });
      await queue.send<BulkJob>(tx, BULK_QUEUE, { tenantId, jobId, series: 1 });
      await job.complete(tx, { jobId });
    });
  } catch (error) {
    await db.withTenant(tenantId, (tx) => blobs.remove(tx, tenantId, [...blobIds.values()]));
    throw error;
  }
  return jobId;
}

/** By position. Where there is no room for all of them, none is kept. */
async function storeBlobs(
  { db, blobs }: Services,
  tenantId: string,
  contents: readonly Content[],
): Promise<Map<number, string>> {
  const ids = new Map<number, string>();
  let batch: { position: number; bytes: Uint8Array }[] = [];
  let size = 0;
  const flush = async () => {
    const stored = await blobs.put(
      tenantId,
      batch.map(({ bytes }) => bytes),
    );
    for (const [index, { position }] of batch.entries()) ids.set(position, stored[index]!);
    batch = [];
    size = 0;
  };
  try {
    for (const [position, content] of contents.entries()) {
      if (!('bytes' in content)) continue;
      if (batch.length > 0 && size + content.bytes.length > BLOBS_AT_ONCE) await flush();
      batch.push({ position, bytes: content.bytes });
      size += content.bytes.length;
    }
    if (batch.length > 0) await flush();
    return ids;
  } catch (error) {
    await db.withTenant(tenantId, (tx) => blobs.remove(tx, tenantId, [...ids.values()]));
    throw error;
  }
}

async function insertJob(
  tx: Tx,
  { tenantId, apiKeyId, requestId }: JobOwner,
  id: string,
  { settings, items, contents, blobIds }: NewJob & { blobIds: Map<number, string> },
): Promise<void> {
  const now = new Date();
  await tx.classificationJob.create({
    data: {
      tenantId,
      id,
      apiKeyId,
      requestId,
      settings: settings as unknown as Prisma.InputJsonObject,
      itemCount: items.length,
      createdAt: now,
      startedAt: now,
    },
  });
  const rows = items.map(({ reference, metadata }, position): Prisma.ClassificationJobItemCreateManyInput => {
    const content = contents[position]!;
    const row = { tenantId, jobId: id, position, reference };
    const described = { ...row, metadata: (metadata as Prisma.InputJsonObject | null) ?? Prisma.DbNull };
    if ('url' in content) return { ...described, url: content.url };
    if ('bytes' in content) return { ...described, blobId: blobIds.get(position)! };
    const { code, message } = content.error;
    const outcomes = settings.taxonomies.map(() => ({ error: { code, message } }));
    return { ...described, state: 'FAILED', outcomes, finishedAt: now };
  });
  for (let start = 0; start < rows.length; start += 1_000) {
    await tx.classificationJobItem.createMany({ data: rows.slice(start, start + 1_000) });
  }
}
