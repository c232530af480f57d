import { AppError } from '../errors.ts';
import { MAX_LABEL_FILE_BYTES } from '../limits.ts';
import type { Upload } from '../upload.ts';

/** The bytes of an uploaded file of labels. Throws INVALID_INPUT where it is too large or did not come. */
export function readLabelFile(upload: Upload): Buffer {
  const bytes = readWhole(upload);
  if (bytes.length > MAX_LABEL_FILE_BYTES) throw tooLarge();
  return bytes;
}

/** What is said of images in general is said of this file. */
function readWhole(upload: Upload): Buffer {
  try {
    return upload.read();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.code === 'IMAGE_TOO_LARGE') throw tooLarge();
    throw new AppError(error.code, { message: error.message, path: ['file'], cause: error });
  }
}

function tooLarge(): AppError {
  return new AppError('INVALID_INPUT', {
    message: `A file of labels has at most ${MAX_LABEL_FILE_BYTES} bytes; this one has more. Import it in parts: labels that are there stay.`,
    path: ['file'],
  });
}
