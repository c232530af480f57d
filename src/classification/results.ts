import type { Classification, Prediction } from '../database/generated/client.ts';
import type { AppError } from '../errors.ts';

/** What is known of an image: sizes in pixels after its EXIF orientation is applied. */
export interface ImageInfo {
  /** In hex. */
  sha256: string;
  width: number;
  height: number;
  format: string;
  sizeBytes: number;
}

/** A classification and its predictions, best first; or why this image has none under this taxonomy. */
export type Outcome =
  | { classification: Classification; predictions: Prediction[] }
  | { error: Pick<AppError, 'code' | 'message'> };

/** What became of one image: an outcome a taxonomy, in their order. */
export interface ImageResult {
  index: number;
  reference: string | null;
  image: ImageInfo | null;
  outcomes: Outcome[];
}

/** Where the time of a classification went, in milliseconds; the JSON of `Classification.timing`. */
export interface Timing {
  decodeMs: number;
  queueMs: number;
  encodeMs: number;
  scoreMs: number;
  totalMs: number;
  batchSize: number;
}
