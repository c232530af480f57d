import { keepImages } from '../classification/kept-images.ts';
import { recordClassifications } from '../classification/record.ts';
import { scoreImages } from '../classification/score-images.ts';
import type { Services } from '../context.ts';
import type { ClassificationJob, ClassificationJobItem } from '../database/generated/client.ts';
import { uuidOf } from '../ids.ts';
import { priceOf } from '../tenancy/price.ts';
import type { Reservation } from '../tenancy/quota-gate.ts';
import { embedNewItems, readKeptItems, type EmbeddedItems } from './embed-items.ts';
import { settingsOf, type ItemOutcome } from './job-settings.ts';
import { settleItems } from './settle-items.ts';

/** Some pending items of a job: all of them new images, or all of them images whose embeddings are kept. */
export interface Chunk {
  job: ClassificationJob;
  items: ClassificationJobItem[];
  signal: AbortSignal;
}

/**
 * Classifies the items of a chunk and settles them in the transaction of their classifications, so that each is done
 * and metered once. Throws what fails the chunk as a whole.
 */
export async function runChunk(services: Services, chunk: Chunk): Promise<void> {
  const { job, items } = chunk;
  const price = priceOf({ images: items.length, taxonomies: settingsOf(job).taxonomies.length });
  const reservation = await services.quotas.reserve(job, price, null);
  try {
    const record = (embedded: EmbeddedItems) => recordItems(services, chunk, { embedded, reservation });
    if (items[0]!.image !== null) await record(await readKeptItems(services, chunk));
    else
      await embedNewItems(services, chunk, async (embedded) => {
        await keepImages(services, job.tenantId, { ...embedded, keeps: reservation.keeps });
        await record(embedded);
      });
  } finally {
    reservation.release();
  }
}

async function recordItems(
  services: Services,
  { job, items, signal }: Chunk,
  { embedded, reservation }: { embedded: EmbeddedItems; reservation: Reservation },
): Promise<void> {
  const { sources, images, targets, embeddings } = embedded;
  const input = { ...settingsOf(job), images: sources };
  const scored = await scoreImages({ input, images, targets, embeddings });
  signal.throwIfAborted();
  await recordClassifications(services, job, scored, {
    targets,
    charge: reservation.charge,
    keeps: reservation.keeps,
    positions: items.map(({ position }) => position),
    usageId: (index, modelId) => uuidOf('usage', job.id, job.series, items[index]!.position, modelId),
    complete: (tx, stored) => {
      const outcomes = (stored as unknown as { outcomes: ItemOutcome[] }[]).map((one) => one.outcomes);
      return settleItems(tx, services.blobs, job, { items, outcomes });
    },
  });
}
