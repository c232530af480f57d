import type { Services } from '../context.ts';
import type { AppError } from '../errors.ts';
import { buildDraftMatrix, type DraftMatrix } from '../taxonomy/draft-matrix.ts';
import { priceOf } from '../tenancy/price.ts';
import { checkImages, checkRange, type ImageSource } from './classify-input.ts';
import type { Caller } from './classify.ts';
import { embedImages } from './embed-images.ts';
import type { ImageInfo } from './results.ts';
import { scoreImages, type ScoreTarget, type Scored } from './score-images.ts';
import { withImages } from './with-images.ts';

export interface PreviewImagesInput {
  taxonomyId: string;
  images: ImageSource[];
  topK: number;
  promptLanguage: string | null;
}

/** One image against the draft: predictions best first, or why this image has none. */
export interface PreviewedImage {
  reference: string | null;
  image: ImageInfo | null;
  outcome: Scored<ScoreTarget> | { error: AppError };
}

export interface Preview {
  draft: DraftMatrix;
  images: PreviewedImage[];
}

/** Somebody looks at each of them. */
const MAX_IMAGES = 20;

/**
 * Scores images against a draft as `classifyImages` would once it is published. Stores nothing but text embeddings.
 * Throws as `buildDraftMatrix`, and OVERLOADED, RATE_LIMITED or QUOTA_EXCEEDED: images cost what they cost there.
 */
export async function previewImages(
  services: Services,
  caller: Caller,
  input: PreviewImagesInput,
): Promise<Preview> {
  const { inference, quotas, db } = services;
  const { images: sources, topK } = input;
  checkImages(sources, MAX_IMAGES);
  checkRange('topK', topK, { min: 1, max: 100, unit: 'predictions' });
  const price = priceOf({ images: sources.length, taxonomies: 1 });
  const reservation = await quotas.reserve(caller, price, null);
  try {
    const contents = sources.map(({ content }) => content);
    return await withImages(services, caller, contents, async (images) => {
      const draft = await buildDraftMatrix(services, caller.tenantId, input, caller.signal);
      const targets = [draft];
      const embeddings = await embedImages(inference, caller, images, targets);
      const scored = await scoreImages({
        input: { images: sources, topK, minScore: null },
        images,
        targets,
        embeddings,
      });
      const done = { images: scored.filter(({ image }) => image !== null).length, classifications: 0 };
      await db.withTenant(caller.tenantId, (tx) => reservation.charge(tx, done));
      return {
        draft,
        images: scored.map(({ reference, image, outcomes }) => ({
          reference,
          image,
          outcome: outcomes[0]!,
        })),
      };
    });
  } finally {
    reservation.release();
  }
}
