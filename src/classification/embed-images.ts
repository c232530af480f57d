import { AppError } from '../errors.ts';
import {
  createImageLoader,
  type ImageEmbedding,
  type ImageRequest,
  type Inference,
} from '../inference/index.ts';
import type { Caller } from './classify.ts';
import type { ReadImage } from './read-image.ts';
import type { Target } from './targets.ts';

/** A request whose images are not encoded by then gives up their places in the queue. Bulk work has time. */
const DEADLINE_MS = 120_000;

/** The embedding of one image by one image encoder, or why this image alone has none. */
export type EmbeddedImage = ImageEmbedding | { error: AppError };

/**
 * embeddings[image][target]. The same bytes are decoded and encoded once an image encoder, however many images,
 * taxonomies and models of that encoder name them. Throws what fails the whole request, after everything has settled.
 */
export async function embedImages(
  inference: Inference,
  { tenantId, signal, bulk }: Pick<Caller, 'tenantId' | 'signal'> & Pick<ImageRequest, 'bulk'>,
  images: ReadImage[],
  targets: Pick<Target, 'model'>[],
): Promise<EmbeddedImage[][]> {
  const deadlineAt = bulk ? undefined : Date.now() + DEADLINE_MS;
  const loaders = new Map(
    targets.map(({ model: { imageRevision, id: modelId } }) => [
      imageRevision,
      createImageLoader(inference, { tenantId, bulk, modelId, signal, deadlineAt }),
    ]),
  );
  const embed = async (image: ReadImage, { model }: Pick<Target, 'model'>): Promise<EmbeddedImage> =>
    'error' in image ? image : loaders.get(model.imageRevision)!.load(image).catch(toImageError);
  const settled = await Promise.allSettled(
    images.map((image) => Promise.all(targets.map((target) => embed(image, target)))),
  );
  return settled.map((outcome) => {
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  });
}

/** What concerns this image alone becomes its outcome; anything else fails the request. */
function toImageError(error: unknown): { error: AppError } {
  if (error instanceof AppError && (error.channel === 'image' || error.code === 'DEADLINE_EXCEEDED')) {
    return { error };
  }
  throw error;
}
