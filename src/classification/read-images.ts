import { createHash } from 'node:crypto';
import { setImmediate as letOthersRun } from 'node:timers/promises';
import { AppError } from '../errors.ts';
import type { ImageSource } from './classify-input.ts';

/** The bytes of an image and their SHA-256 in hex, or why they could not be had. */
export type ReadImage = { bytes: Uint8Array; sha256: string; readAt: number } | { error: AppError };

/** Reads every image to its end. One that fails, or has more than `maxImageBytes`, fails alone. */
export async function readImages(sources: ImageSource[], maxImageBytes: number): Promise<ReadImage[]> {
  const images: ReadImage[] = [];
  for (const source of sources) {
    images.push(await readImage(source, maxImageBytes));
    await letOthersRun(); // hashing the largest image takes ten milliseconds
  }
  return images;
}

async function readImage({ open }: ImageSource, maxImageBytes: number): Promise<ReadImage> {
  const hash = createHash('sha256');
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  try {
    for await (const chunk of await open()) {
      sizeBytes += chunk.length;
      if (sizeBytes > maxImageBytes) throw tooLarge(maxImageBytes);
      hash.update(chunk);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof AppError && error.channel === 'image') return { error };
    throw error;
  }
  const bytes = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks);
  return { bytes, sha256: hash.digest('hex'), readAt: performance.now() };
}

function tooLarge(maxImageBytes: number): AppError {
  return new AppError('IMAGE_TOO_LARGE', {
    message: `An image has at most ${maxImageBytes} bytes; this one has more. Send it smaller: the model looks at a small square of it.`,
  });
}
