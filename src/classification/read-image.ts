import { createHash } from 'node:crypto';
import { AppError } from '../errors.ts';
import { imageTooLarge } from './fetch-image.ts';

/** The bytes of an image and their SHA-256 in hex, or why they could not be had. */
export type ReadImage = { bytes: Uint8Array; sha256: string; readAt: number } | { error: AppError };

/** Reads an image to its end. What concerns it alone, such as more than `maxImageBytes`, is its `error`. */
export async function readImage(
  open: () => Promise<AsyncIterable<Uint8Array>>,
  maxImageBytes: number,
): Promise<ReadImage> {
  const hash = createHash('sha256');
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  try {
    for await (const chunk of await open()) {
      sizeBytes += chunk.length;
      if (sizeBytes > maxImageBytes) throw imageTooLarge(maxImageBytes);
      hash.update(chunk);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof AppError && error.channel === 'image') return { error };
    throw error;
  }
  const bytes = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks); // an upload is in memory once
  return { bytes, sha256: hash.digest('hex'), readAt: performance.now() };
}
