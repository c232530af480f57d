import type { Context, Services } from '../context.ts';
import { idempotently } from '../tenancy/idempotency.ts';
import { priceOf } from '../tenancy/price.ts';
import { checkClassifyInput, type ClassifyImagesInput, type ImageContent } from './classify-input.ts';
import { embedImages } from './embed-images.ts';
import { keepImages } from './kept-images.ts';
import type { ReadImage } from './read-image.ts';
import { recordClassifications, replayClassifications } from './record.ts';
import type { ImageResult } from './results.ts';
import { scoreImages } from './score-images.ts';
import { resolveTargets } from './targets.ts';
import { withImages } from './with-images.ts';

export interface Caller {
  tenantId: string;
  /** Whose rate it is, beside that of the tenant. */
  apiKeyId: string;
  requestId: string;
  /** What the request's body takes in memory, counted as it came. */
  bodyBytes: number;
  /** Where it has passed the gate of requests already. */
  gateStay: Context['gateStay'];
  /** Aborted when the client has left. */
  signal: AbortSignal;
}

/**
 * Classifies every image against every taxonomy: one image embedding an image and model, one matrix product and
 * one softmax a taxonomy. One bad image fails alone; a request is admitted whole, or refused with OVERLOADED,
 * RATE_LIMITED or QUOTA_EXCEEDED.
 */
export async function classifyImages(
  services: Services,
  caller: Caller,
  input: ClassifyImagesInput,
): Promise<ImageResult[]> {
  const { db, inference, quotas } = services;
  checkClassifyInput(input);
  const price = priceOf({ images: input.images.length, taxonomies: input.taxonomies.length });
  const reservation = await quotas.reserve(caller, price, input.idempotencyKey);
  try {
    const contents = input.images.map(({ content }) => content);
    return await withImages(services, caller, contents, (images) =>
      idempotently(db, caller.tenantId, toIdempotentRequest(input, images), {
        work: async (complete) => {
          const targets = await resolveTargets(services, caller.tenantId, input);
          const embeddings = await embedImages(inference, caller, images, targets);
          await keepImages(services, caller.tenantId, { images, embeddings, keeps: reservation.keeps });
          const results = await scoreImages({ input, images, targets, embeddings });
          return recordClassifications(services, caller, results, {
            targets,
            complete,
            charge: reservation.charge,
            keeps: reservation.keeps,
          });
        },
        replay: (response) => replayClassifications(db, caller.tenantId, response),
      }),
    );
  } finally {
    reservation.release();
  }
}

/** Two requests are the same when they ask the same of the same bytes, or of the same URL. */
function toIdempotentRequest(input: ClassifyImagesInput, images: ReadImage[]) {
  const { idempotencyKey, images: sources, ...asked } = input;
  const described = images.map((image, index) => ({
    content: describeContent(sources[index]!.content, image),
    reference: sources[index]!.reference,
    metadata: sources[index]!.metadata,
  }));
  return { key: idempotencyKey, operation: 'classifyImages', input: { ...asked, images: described } };
}

/** What a URL brings may differ from one request to the next; what was asked does not. */
function describeContent(content: ImageContent, image: ReadImage): string {
  if ('url' in content) return content.url;
  return 'error' in image ? image.error.code : image.sha256;
}
