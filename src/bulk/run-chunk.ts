import { Readable } from 'node:stream';
import { embedImages } from '../classification/embed-images.ts';
import type { ImageSource } from '../classification/classify-input.ts';
import { recordClassifications } from '../classification/record.ts';
import { scoreImages } from '../classification/score-images.ts';
import { resolveTargets } from '../classification/targets.ts';
import { withImages } from '../classification/with-images.ts';
import type { Services } from '../context.ts';
import type { ClassificationJob, ClassificationJobItem } from '../database/generated/client.ts';
import { AppError } from '../errors.ts';
import { uuidOf } from '../ids.ts';
import { priceOf } from '../tenancy/price.ts';
import { settingsOf, type ItemOutcome } from './job-settings.ts';
import { settleItems } from './settle-items.ts';

/** Some pending items of a job. */
export interface Chunk {
  job: ClassificationJob;
  items: ClassificationJobItem[];
  signal: AbortSignal;
}

/**
 * Classifies the items of a chunk and settles them in the transaction of their classifications, so that each is done
 * and metered once. Its images yield to those of requests.
 * Throws what fails the chunk as a whole.
 */
export async function runChunk(services: Services, { job, items, signal }: Chunk): Promise<void> {
  const { inference, quotas, blobs } = services;
  const { tenantId, apiKeyId, requestId } = job;
  const settings = settingsOf(job);
  const price = priceOf({ images: items.length, taxonomies: settings.taxonomies.length });
  const reservation = await quotas.reserve({ tenantId, apiKeyId }, price, null);
  try {
    const kept = await blobs.read(
      tenantId,
      items.flatMap(({ blobId }) => blobId ?? []),
    );
    const bodyBytes = kept.values().reduce((sum, { length }) => sum + length, 0);
    const sources = items.map((item) => toSource(item, kept));
    const caller = { tenantId, apiKeyId, requestId, bodyBytes, gateStay: null, signal };
    const contents = sources.map(({ content }) => content);
    await withImages(services, caller, contents, async (images) => {
      const targets = await resolveTargets(services, tenantId, settings);
      const turn = { tenantId, signal, bulk: true };
      const embeddings = await embedImages(inference, turn, images, targets);
      const scored = await scoreImages({
        input: { ...settings, images: sources },
        images,
        targets,
        embeddings,
      });
      signal.throwIfAborted();
      await recordClassifications(services, caller, scored, {
        targets,
        charge: reservation.charge,
        usageId: (index, modelId) => uuidOf('usage', job.id, job.series, items[index]!.position, modelId),
        complete: (tx, stored) => {
          const outcomes = (stored as unknown as { outcomes: ItemOutcome[] }[]).map((one) => one.outcomes);
          return settleItems(tx, blobs, job, { items, outcomes });
        },
      });
    });
  } finally {
    reservation.release();
  }
}

function toSource(
  { url, blobId, reference, metadata }: ClassificationJobItem,
  kept: ReadonlyMap<string, Uint8Array>,
): ImageSource {
  const described = { reference, metadata: metadata as Record<string, unknown> | null };
  if (url !== null) return { ...described, content: { url } };
  const bytes = kept.get(blobId!);
  const open = async () => {
    if (bytes) return Readable.from([bytes]);
    throw new AppError('IMAGE_FETCH_FAILED', {
      message: 'The bytes of the image are no longer kept: send it in a new job.',
    });
  };
  return { ...described, content: { open } };
}
