import { hash } from 'node:crypto';
import DataLoader from 'dataloader';
import type { ImageEmbedding, ImageRequest, Inference } from './inference.ts';

export interface LoadedImage extends ImageEmbedding {
  /** Of the file as it came, hex. */
  sha256: string;
}

export interface ImageLoader {
  /** Rejects as `embedImage` does. Each call for the same bytes gets the same answer, or the same error. */
  load(bytes: Uint8Array): Promise<LoadedImage>;
}

/**
 * Deduplicates the images of one request: the same bytes are decoded and encoded once. Make one for each request.
 * Batching across requests and tenants happens behind it, when an encoder is free: docs/decisions/0003-batching.md.
 */
export function createImageLoader(inference: Inference, request: Omit<ImageRequest, 'bytes'>): ImageLoader {
  const embed = async ({ bytes, sha256 }: { bytes: Uint8Array; sha256: string }) => ({
    sha256,
    ...(await inference.embedImage({ ...request, bytes })),
  });
  const loader = new DataLoader(
    // allSettled: one bad image must not fail its neighbours.
    async (images: readonly { bytes: Uint8Array; sha256: string }[]) => {
      const outcomes = await Promise.allSettled(images.map(embed));
      return outcomes.map((outcome) =>
        outcome.status === 'fulfilled' ? outcome.value : toError(outcome.reason),
      );
    },
    { cacheKeyFn: ({ sha256 }) => `${request.modelId}:${sha256}` },
  );
  return { load: (bytes) => loader.load({ bytes, sha256: hash('sha256', bytes, 'hex') }) };
}

function toError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error(String(reason));
}
