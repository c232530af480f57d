import { Readable } from 'node:stream';
import type { ImageSource } from '../classification/classify-input.ts';
import type { InboundMessage } from '../database/generated/client.ts';
import { AppError, type ErrorCode } from '../errors.ts';

/** One image of a message, as the JSON of `InboundMessage.images` keeps it. */
export interface StoredImage {
  /** UUID: of its classification, once there is one. */
  id: string;
  content: { url: string } | { blobId: string } | { error: { code: ErrorCode; message: string } };
  reference: string | null;
  metadata: Record<string, unknown> | null;
}

/** What became of an image, as the JSON of `InboundMessage.outcomes` keeps it. Ids are UUIDs. */
export type StoredOutcome = { id: string } | { error: { code: ErrorCode; message: string } };

export function imagesOf({ images }: Pick<InboundMessage, 'images'>): StoredImage[] {
  return images as unknown as StoredImage[];
}

export function blobIdsOf(message: Pick<InboundMessage, 'images'>): string[] {
  return imagesOf(message).flatMap(({ content }) => ('blobId' in content ? [content.blobId] : []));
}

/** An image as `classifyImages` takes it. `kept`: blobs by their ids. */
export function toSource(
  { content, reference, metadata }: StoredImage,
  kept: ReadonlyMap<string, Uint8Array>,
): ImageSource {
  if ('url' in content) return { content, reference, metadata };
  const open = async () => {
    if ('error' in content) throw new AppError(content.error.code, content.error);
    const bytes = kept.get(content.blobId);
    if (bytes) return Readable.from([bytes]);
    throw new AppError('IMAGE_FETCH_FAILED', {
      message: 'The bytes of the image are no longer kept: send it in a new message.',
    });
  };
  return { content: { open }, reference, metadata };
}
