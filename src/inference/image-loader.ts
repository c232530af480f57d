import DataLoader from 'dataloader';
import type { ImageEmbedding, ImageRequest, Inference } from './inference.ts';

/** An image as it came, and the SHA-256 of its bytes in hex. */
export interface HashedImage {
  bytes: Uint8Array;
  sha256: string;
}

/**
 * Deduplicates the images of one request: the same bytes are decoded and encoded once. Make one for each request.
 * `load` rejects as `embedImage` does; each call for the same bytes gets the same answer, or the same error.
 * Batching across requests and tenants happens behind it, when an encoder is free: docs/decisions/0003-batching.md.
 */
export function createImageLoader(inference: Inference, request: Omit<ImageRequest, 'bytes'>) {
  return new DataLoader<HashedImage, ImageEmbedding, string>(
    // allSettled: one bad image must not fail its neighbours.
    async (images) => {
      const outcomes = await Promise.allSettled(
        images.map(({ bytes }) => inference.embedImage({ ...request, bytes })),
      );
      return outcomes.map((outcome) =>
        outcome.status === 'fulfilled' ? outcome.value : toError(outcome.reason),
      );
    },
    { cacheKeyFn: ({ sha256 }) => sha256 },
  );
}

function toError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
