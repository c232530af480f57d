import { createHash } from 'node:crypto';
import { decodeBase64 } from '../classification/base64.ts';
import { checkImages, type ImageSource } from '../classification/classify-input.ts';
import { readImage, type ReadImage } from '../classification/read-image.ts';
import type { Services } from '../context.ts';
import { Prisma, type ClassificationJob } from '../database/generated/client.ts';
import { newUuid } from '../ids.ts';
import { BULK_LIMITS } from '../limits.ts';
import { idempotently, type Complete } from '../tenancy/idempotency.ts';
import { lockJobsOf } from './check-running.ts';
import { findJob } from './find-jobs.ts';
import type { JobSettings } from './job-settings.ts';
import { pinSettings } from './pin-settings.ts';
import { storeJob, type JobOwner, type NewJob } from './store-job.ts';

export interface CreateJobInput extends JobSettings {
  items: ImageSource[];
  idempotencyKey: string | null;
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
  const { idempotencyKey: key, items, ...asked } = input;
  checkImages(items, BULK_LIMITS.items, 'items');
  const contents: Content[] = [];
  for (const { content } of items) contents.push(await readContent(content, config.maxImageBytes));
  const described = items.map(({ reference, metadata }, index) => ({
    content: describe(contents[index]!),
    reference,
    metadata,
  }));
  const digest = createHash('sha256').update(JSON.stringify(described)).digest('hex');
  const request = { key, operation: 'createClassificationJob', input: { ...asked, items: digest } };
  const id = await idempotently(db, tenantId, request, {
    work: async (complete) => {
      const settings = await pinSettings(services, tenantId, input);
      return storeNewJob(services, owner, { settings, items, contents, complete });
    },
    replay: (response) => Promise.resolve((response as { jobId: string }).jobId),
  });
  return findJob(db, tenantId, id);
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

interface NewImages {
  settings: JobSettings;
  items: ImageSource[];
  contents: Content[];
  complete: Complete;
}

async function storeNewJob(services: Services, owner: JobOwner, job: NewImages): Promise<string> {
  const { db, blobs } = services;
  const { tenantId } = owner;
  const id = newUuid();
  const bytes = job.contents.flatMap((content) => ('bytes' in content ? [content.bytes] : []));
  const blobIds = await blobs.put(tenantId, bytes);
  try {
    const left = [...blobIds];
    const items = job.items.map((item, index) => toRow(item, job.contents[index]!, { job, left }));
    await storeJob(services, owner, { ...job, id, items });
  } catch (error) {
    await db.withTenant(tenantId, async (tx) => {
      await lockJobsOf(tx, tenantId);
      // Where the connection broke at the commit the job is there, and needs its images.
      const where = { tenantId_id: { tenantId, id } };
      if (!(await tx.classificationJob.findUnique({ where }))) await blobs.remove(tx, tenantId, blobIds);
    });
    throw error;
  }
  return id;
}

/** Takes the next of `left`, the blobs of contents in their order. */
function toRow(
  { reference, metadata }: ImageSource,
  content: Content,
  { job, left }: { job: NewImages; left: string[] },
): NewJob['items'][number] {
  const row = { reference, metadata: (metadata as Prisma.InputJsonObject | null) ?? Prisma.DbNull };
  if ('url' in content) return { ...row, url: content.url };
  if ('bytes' in content) return { ...row, blobId: left.shift()! };
  const { code, message } = content.error;
  const outcomes = job.settings.taxonomies.map(() => ({ error: { code, message } }));
  return { ...row, state: 'FAILED', outcomes, finishedAt: new Date() };
}
