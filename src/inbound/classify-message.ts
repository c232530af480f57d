import { embedImages } from '../classification/embed-images.ts';
import { keepImages } from '../classification/kept-images.ts';
import { recordClassifications } from '../classification/record.ts';
import { scoreImages, type ScoredImage } from '../classification/score-images.ts';
import { resolveTargets } from '../classification/targets.ts';
import { withImages } from '../classification/with-images.ts';
import type { Services } from '../context.ts';
import type { Prisma } from '../database/generated/client.ts';
import { toId } from '../ids.ts';
import { priceOf } from '../tenancy/price.ts';
import type { Tx } from '../tenancy/tenant-db.ts';
import type { MessageOfHook } from './message-events.ts';
import { blobIdsOf, imagesOf, toSource, type StoredImage, type StoredOutcome } from './stored-image.ts';

export interface ClassifyOptions {
  signal: AbortSignal;
  /** Ends the message, in the transaction of its classifications. */
  settle(tx: Tx, outcomes: Prisma.InputJsonArray): Promise<void>;
}

/**
 * Classifies the images of a message as `classifyImages` does, under the ids that the sender was told. The hook stands
 * in the place of an API key: it is what is metered. Throws what fails the message as a whole.
 */
export async function classifyMessage(
  services: Services,
  message: MessageOfHook,
  { signal, settle }: ClassifyOptions,
): Promise<void> {
  const { inference, quotas, blobs } = services;
  const { tenantId, requestId, hook } = message;
  const images = imagesOf(message);
  const payer = { tenantId, apiKeyId: hook.id };
  const reservation = await quotas.reserve(payer, priceOf({ images: images.length, taxonomies: 1 }), null);
  try {
    const kept = await blobs.read(tenantId, blobIdsOf(message));
    const bodyBytes = kept.values().reduce((sum, { length }) => sum + length, 0);
    const caller = { ...payer, requestId, bodyBytes, gateStay: null, signal };
    const sources = images.map((image) => toSource(image, kept));
    const contents = sources.map(({ content }) => content);
    await withImages(services, caller, contents, async (read) => {
      const taxonomies = [{ by: { id: toId('taxonomy', hook.taxonomyId) }, version: hook.version }];
      const targets = await resolveTargets(services, tenantId, { ...hook, taxonomies });
      const embeddings = await embedImages(inference, caller, read, targets);
      const { keeps } = reservation;
      await keepImages(services, tenantId, { images: read, embeddings, keeps });
      const scored = await scoreImages({
        input: { ...hook, images: sources },
        images: read,
        targets,
        embeddings,
      });
      signal.throwIfAborted();
      await recordClassifications(services, caller, underIds(scored, images), {
        targets,
        charge: reservation.charge,
        keeps,
        complete: (tx, stored) => settle(tx, outcomesOf(stored)),
      });
    });
  } finally {
    reservation.release();
  }
}

function underIds(scored: ScoredImage[], images: StoredImage[]): ScoredImage[] {
  return scored.map((image, index) => {
    const { id } = images[index]!;
    return { ...image, outcomes: image.outcomes.map((one) => ('error' in one ? one : { ...one, id })) };
  });
}

/** Of each image its one outcome, from the answer as an idempotency key would keep it. */
function outcomesOf(stored: Prisma.InputJsonValue): Prisma.InputJsonArray {
  const results = stored as unknown as { outcomes: [StoredOutcome] }[];
  return results.map(({ outcomes }) => outcomes[0]) as unknown as Prisma.InputJsonArray;
}
