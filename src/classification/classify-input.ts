import { AppError } from '../errors.ts';

/** Where the bytes of an image are. `open` and what it gives reject with an AppError of the image channel. */
export type ImageContent =
  { open: () => Promise<AsyncIterable<Uint8Array>> } | { base64: string } | { url: string };

export interface ImageSource {
  content: ImageContent;
  reference: string | null;
  metadata: Record<string, unknown> | null;
}

export interface TaxonomyRef {
  by: { id?: string | null; name?: string | null };
  /** A version's number; the newest READY one where absent. */
  version: number | null;
}

export interface ClassifyImagesInput {
  images: ImageSource[];
  taxonomies: TaxonomyRef[];
  topK: number;
  minScore: number | null;
  /** Language of the label names in the answer. */
  language: string | null;
  /** Language whose label embeddings are scored. */
  promptLanguage: string | null;
  idempotencyKey: string | null;
}

export const MAX_REFERENCE_LENGTH = 500;
const MAX_METADATA_BYTES = 10_000;

/** Throws INVALID_INPUT naming the first value that is out of bounds. */
export function checkClassifyInput(input: ClassifyImagesInput): void {
  checkImages(input.images, 100);
  checkRange('taxonomies', input.taxonomies.length, { min: 1, max: 10, unit: 'taxonomies' });
  checkRange('topK', input.topK, { min: 1, max: 100, unit: 'predictions' });
  if (input.minScore !== null) checkRange('minScore', input.minScore, { min: 0, max: 1, unit: 'as a score' });
  checkPredictions(input);
}

/** What one transaction records in good time: two to three seconds on a busy core, of the ten that it may take. */
const MAX_PREDICTIONS = 20_000;

function checkPredictions({ images, taxonomies, topK }: ClassifyImagesInput): void {
  const count = images.length * taxonomies.length * topK;
  if (count <= MAX_PREDICTIONS) return;
  throw new AppError('INVALID_INPUT', {
    message: `One request makes at most ${MAX_PREDICTIONS} predictions; ${images.length} images x ${taxonomies.length} taxonomies x topK ${topK} are ${count}. Ask for a smaller topK, or send the images in several requests.`,
    path: ['topK'],
  });
}

/** Throws INVALID_INPUT where there is no image or too many, or one is called or described too long. */
export function checkImages(images: readonly ImageSource[], max: number, name = 'images'): void {
  checkRange(name, images.length, { min: 1, max, unit: 'images' });
  for (const [index, { reference, metadata }] of images.entries()) {
    const path = [name, String(index)];
    if (reference !== null && reference.length > MAX_REFERENCE_LENGTH) {
      throw new AppError('INVALID_INPUT', {
        message: `A reference has at most ${MAX_REFERENCE_LENGTH} characters; this one has ${reference.length}.`,
        path: [...path, 'reference'],
      });
    }
    const metadataBytes = metadata === null ? 0 : Buffer.byteLength(JSON.stringify(metadata));
    if (metadataBytes > MAX_METADATA_BYTES) {
      throw new AppError('INVALID_INPUT', {
        message: `Metadata has at most ${MAX_METADATA_BYTES} bytes of JSON; this has ${metadataBytes}.`,
        path: [...path, 'metadata'],
      });
    }
  }
}

/** Throws INVALID_INPUT where a value lies outside. */
export function checkRange(
  name: string,
  value: number,
  range: { min: number; max: number; unit: string },
): void {
  if (value >= range.min && value <= range.max) return;
  throw new AppError('INVALID_INPUT', {
    message: `'${name}' takes ${range.min} to ${range.max} ${range.unit}; got ${value}.`,
    path: [name],
  });
}
