import type { Services } from '../context.ts';
import { idempotently } from '../tenancy/idempotency.ts';
import { checkClassifyInput, type ClassifyImagesInput } from './classify-input.ts';
import { embedImages } from './embed-images.ts';
import { readImages, type ReadImage } from './read-images.ts';
import { recordClassifications, replayClassifications } from './record.ts';
import type { ImageResult } from './results.ts';
import { scoreImages } from './score-images.ts';
import { resolveTargets } from './targets.ts';

export interface Caller {
  tenantId: string;
  requestId: string;
  /** Bytes of the request's body, counted where it brings files; null where a body without any did not say. */
  contentLength: number | null;
  /** Aborted when the client has left. */
  signal: AbortSignal;
}

/**
 * Classifies every image against every taxonomy: one image embedding an image and model, one matrix product and
 * one softmax a taxonomy. One bad image fails alone; a request is admitted whole, or refused with OVERLOADED.
 */
export async function classifyImages(
  services: Services,
  caller: Caller,
  input: ClassifyImagesInput,
): Promise<ImageResult[]> {
  const { db, inference, config } = services;
  checkClassifyInput(input);
  const { tenantId, contentLength } = caller;
  // Files are here whole before GraphQL begins: nobody holds a place while a slow body is on its way.
  const place = inference.admit({ tenantId, images: input.images.length, bytes: contentLength ?? 0 });
  try {
    const images = await readImages(input.images, config.maxImageBytes);
    return await idempotently(db, caller.tenantId, toIdempotentRequest(input, images), {
      work: async (complete) => {
        const targets = await resolveTargets(services, caller.tenantId, input);
        const embeddings = await embedImages(inference, caller, images, targets);
        const results = await scoreImages({ input, images, targets, embeddings });
        return recordClassifications(db, caller, results, complete);
      },
      replay: (response) => replayClassifications(db, caller.tenantId, response),
    });
  } finally {
    place.release();
  }
}

/** Two requests are the same when they ask the same of the same bytes. */
function toIdempotentRequest(input: ClassifyImagesInput, images: ReadImage[]) {
  const { idempotencyKey, images: sources, ...asked } = input;
  const described = images.map((image, index) => ({
    content: 'error' in image ? image.error.code : image.sha256,
    reference: sources[index]!.reference,
    metadata: sources[index]!.metadata,
  }));
  return { key: idempotencyKey, operation: 'classifyImages', input: { ...asked, images: described } };
}
