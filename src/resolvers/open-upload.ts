import { Readable } from 'node:stream';
import { AppError } from '../errors.ts';
import type { Upload } from '../upload.ts';

/**
 * The file of a multipart request, which has been read to its end. Rejects with IMAGE_TOO_LARGE where it is above the
 * size limit, and with INVALID_INPUT where the request does not bring it.
 */
export async function openUpload(upload: Upload | null | undefined): Promise<Readable> {
  if (upload) return Readable.from([upload.read()]);
  throw new AppError('INVALID_INPUT', {
    message:
      "An image needs its bytes: give 'source: { upload: $file }' and send the file in a multipart request.",
    path: ['images'],
  });
}
