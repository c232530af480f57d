import DataLoader from 'dataloader';
import { AppError } from '../errors.ts';
import type { ImageEmbedding, Inference } from '../inference/index.ts';
import type { Caller } from './classify.ts';
import type { ReadImage } from './read-images.ts';
import type { Target } from './targets.ts';

/** A request whose images are not encoded by then gives up their places in the queue. */
const DEADLINE_MS = 120_000;

/** The embedding of one image by one model, or why this image alone has none. */
export type EmbeddedImage = ImageEmbedding | { error: AppError };

/**
 * embeddings[image][target]. The same bytes are decoded and encoded once a model, however many images and
 * taxonomies name them. Throws what fails the whole request, after everything has settled.
 */
export async function embedImages(
  inference: Inference,
  { tenantId, signal }: Caller,
  images: ReadImage[],
  targets: Target[],
): Promise<EmbeddedImage[][]> {
  const deadlineAt = Date.now() + DEADLINE_MS;
  const loader = new DataLoader(
    (keys: readonly ImageKey[]) =>
      Promise.all(
        keys.map(({ bytes, modelId }) =>
          inference.embedImage({ tenantId, modelId, bytes, signal, deadlineAt }).catch(toImageError),
        ),
      ),
    { cacheKeyFn: ({ modelId, sha256 }: ImageKey) => `${modelId} ${sha256.toString('hex')}` },
  );
  const settled = await Promise.allSettled(
    images.map((image) =>
      Promise.all(
        targets.map(({ model }) =>
          'error' in image ? { error: image.error } : loader.load({ modelId: model.id, ...image }),
        ),
      ),
    ),
  );
  return settled.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });
}

interface ImageKey {
  modelId: string;
  bytes: Uint8Array;
  sha256: Buffer;
}

/** What concerns this image alone becomes its outcome; anything else fails the request. */
function toImageError(error: unknown): { error: AppError } | Error {
  if (error instanceof AppError && (error.channel === 'image' || error.code === 'DEADLINE_EXCEEDED')) {
    return { error };
  }
  return error instanceof Error ? error : new Error('An image could not be embedded.', { cause: error });
}
