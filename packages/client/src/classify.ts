import { unwrap } from './errors.ts';
import { toImageInput, toTaxonomyRef, type Image, type TaxonomyChoice } from './images.ts';
import type { ClassifyMutation } from './operations.generated.ts';
import { CLASSIFY } from './operations.ts';
import type { CallOptions, Request } from './request.ts';
import type { ClassifyImagesInput } from './schema.generated.ts';

export interface ClassifyInput extends Omit<ClassifyImagesInput, 'images' | 'taxonomies'> {
  /** 1 to 100. */
  images: readonly Image[];
  /** 1 to 10. */
  taxonomies: readonly TaxonomyChoice[];
}

/** What became of one image, with an outcome a taxonomy: tell them apart by `__typename`. */
export type ImageResult = ClassifyMutation['classifyImages']['results'][number];
export type Outcome = ImageResult['outcomes'][number];

/** Classifies images; the results keep their order. Throws TaxolensUserError, TaxolensError. */
export async function classify(
  request: Request,
  { images, taxonomies, ...rest }: ClassifyInput,
  options?: CallOptions,
): Promise<ImageResult[]> {
  const input = {
    idempotencyKey: crypto.randomUUID(),
    ...rest,
    images: images.map(toImageInput),
    taxonomies: taxonomies.map(toTaxonomyRef),
  };
  return unwrap((await request(CLASSIFY, { input }, options)).classifyImages).results;
}
