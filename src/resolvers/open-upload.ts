import { Readable } from 'node:stream';
import type { FileUpload } from 'graphql-upload/processRequest.mjs';
import { AppError } from '../errors.ts';

/**
 * The file of a multipart request, as it comes in. Rejects, or breaks while it is read, with IMAGE_TOO_LARGE where
 * it is cut at the size limit, and with INVALID_INPUT where the request does not bring it whole.
 */
export async function openUpload(upload: Promise<FileUpload> | null | undefined): Promise<Readable> {
  if (!upload) {
    throw new AppError('INVALID_INPUT', {
      message:
        "An image needs its bytes: give 'source: { upload: $file }' and send the file in a multipart request.",
      path: ['images'],
    });
  }
  const file = await upload.catch((error: unknown) => {
    throw toUploadError(error);
  });
  return Readable.from(readChunks(file));
}

async function* readChunks(file: FileUpload): AsyncGenerator<Buffer> {
  try {
    yield* file.createReadStream() as AsyncIterable<Buffer>;
  } catch (error) {
    throw toUploadError(error);
  }
}

/** graphql-upload marks what is the caller's doing with a status; an error with a code is one of our disk. */
function toUploadError(error: unknown): unknown {
  const { status, code, message } = error as { status?: number; code?: string; message?: string };
  if (status === 413) {
    const remedy = 'Send it smaller: the model looks at a small square of it.';
    return new AppError('IMAGE_TOO_LARGE', { message: `The file is too large: ${message} ${remedy}` });
  }
  if (status === undefined && code !== undefined) return error;
  return new AppError('INVALID_INPUT', {
    message: `The multipart request does not bring the whole file: ${message}`,
    path: ['images'],
    cause: error,
  });
}
