import { AppError } from '../errors.ts';
import type { Upload } from '../upload.ts';

/** What an uploaded file, which is no image, may be. */
export interface FileLimit {
  maxBytes: number;
  /** What is said of a larger one: what it is, and the remedy. */
  tooLarge: string;
}

/** The bytes of a mutation's `file`. Throws INVALID_INPUT where it is too large or did not come. */
export function readFile(upload: Upload, { maxBytes, tooLarge }: FileLimit): Buffer {
  const refusal = () => new AppError('INVALID_INPUT', { message: tooLarge, path: ['file'] });
  try {
    const bytes = upload.read();
    if (bytes.length > maxBytes) throw refusal();
    return bytes;
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    // What is said of images in general is said of this file.
    if (error.code === 'IMAGE_TOO_LARGE') throw refusal();
    throw new AppError(error.code, { message: error.message, path: ['file'], cause: error });
  }
}
