import { findClassifications, type ClassificationFilter } from '../classification/find.ts';
import type { ImageInfo } from '../classification/results.ts';
import type { Services } from '../context.ts';
import { Prisma, type Classification } from '../database/generated/client.ts';
import { AppError } from '../errors.ts';
import { BULK_LIMITS } from '../limits.ts';
import type { Tx } from '../tenancy/tenant-db.ts';
import type { ItemOutcome } from './job-settings.ts';
import type { NewJob } from './store-job.ts';

/** Which classifications name the images: those that match, or those of a job (a UUID). */
export type ImagesFrom = { filter: ClassificationFilter } | { jobId: string };

const PAGE = 2_000;

/**
 * The images of classifications, each once under each reference, as its newest one describes it; the newest first.
 * Throws NOT_FOUND for an absent job, and INVALID_INPUT where there are no images, or too many.
 */
export async function findImages(
  { db }: Pick<Services, 'db'>,
  tenantId: string,
  from: ImagesFrom,
): Promise<NewJob['items']> {
  const filter = 'jobId' in from ? { ids: await readIds({ db }, tenantId, from.jobId) } : from.filter;
  const items = new Map<string, NewJob['items'][number]>();
  let cursor: string | null = null;
  for (let read = 0; ;) {
    const window = { limit: PAGE, cursor, ascending: false };
    const page: Classification[] = await db.withTenant(tenantId, (tx) =>
      findClassifications(tx, tenantId, filter, window),
    );
    for (const row of page.slice(0, PAGE)) {
      const item = toItem(row);
      const name = JSON.stringify([item.image.sha256, row.reference]);
      if (!items.has(name)) items.set(name, item as unknown as NewJob['items'][number]);
    }
    read += page.length;
    if (items.size > BULK_LIMITS.items || read > BULK_LIMITS.classifications) throw tooMany();
    if (page.length <= PAGE) break;
    cursor = page[PAGE - 1]!.id;
  }
  if (items.size > 0) return [...items.values()];
  throw new AppError('INVALID_INPUT', {
    message: 'No classification matches, so there is no image to classify again.',
    path: ['from'],
  });
}

async function readIds({ db }: Pick<Services, 'db'>, tenantId: string, jobId: string): Promise<string[]> {
  const find = (tx: Tx) =>
    tx.classificationJob.findUnique({
      where: { tenantId_id: { tenantId, id: jobId } },
      select: { items: { where: { state: 'SUCCEEDED' }, select: { outcomes: true } } },
    });
  const job = await db.withTenant(tenantId, find);
  if (!job) {
    const message = 'There is no classification job with this id.';
    throw new AppError('NOT_FOUND', { message, path: ['from', 'jobId'] });
  }
  return job.items.flatMap(({ outcomes }) =>
    (outcomes as unknown as ItemOutcome[]).flatMap((one) => ('id' in one ? [one.id] : [])).slice(0, 1),
  );
}

function toItem(row: Classification) {
  const image: ImageInfo = {
    sha256: Buffer.from(row.imageSha256).toString('hex'),
    width: row.imageWidth,
    height: row.imageHeight,
    format: row.imageFormat,
    sizeBytes: row.imageSizeBytes,
  };
  const metadata = (row.metadata as Prisma.InputJsonObject | null) ?? Prisma.DbNull;
  return { reference: row.reference, metadata, image };
}

function tooMany(): AppError {
  return new AppError('INVALID_INPUT', {
    message: `One job has at most ${BULK_LIMITS.items} images, of at most ${BULK_LIMITS.classifications} classifications; these are more. Narrow the filter, such as by 'createdBefore'.`,
    path: ['from', 'filter'],
  });
}
