import type { FileUpload } from 'graphql-upload/processRequest.mjs';
import { AppError } from '../errors.ts';
import { MAX_LABEL_FILE_BYTES } from '../limits.ts';
import { openUpload } from './open-upload.ts';

/** The bytes of an uploaded file of labels. Throws INVALID_INPUT where it is too large or does not come whole. */
export async function readLabelFile(upload: Promise<FileUpload>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  try {
    for await (const chunk of (await openUpload(upload)) as AsyncIterable<Buffer>) {
      sizeBytes += chunk.length;
      if (sizeBytes > MAX_LABEL_FILE_BYTES) throw tooLarge();
      chunks.push(chunk);
    }
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === 'IMAGE_TOO_LARGE') throw tooLarge();
    throw new AppError(error.code, { message: error.message, path: ['file'], cause: error });
  }
  return Buffer.concat(chunks);
}

function tooLarge(): AppError {
  return new AppError('INVALID_INPUT', {
    message: `A file of labels has at most ${MAX_LABEL_FILE_BYTES} bytes; this one has more. Import it in parts: labels that are there stay.`,
    path: ['file'],
  });
}
