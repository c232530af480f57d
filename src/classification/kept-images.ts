import { z } from 'zod';
import type { Services } from '../context.ts';
import { uuidOf } from '../ids.ts';
import type { Keeps } from '../tenancy/allowance.ts';
import { createSignedLinks, type SignedLinks } from '../tenancy/signed-links.ts';
import type { EmbeddedImage } from './embed-images.ts';
import type { ReadImage } from './read-image.ts';

const DAY_MS = 86_400_000;

/** The id of the blob that an image is kept in: the same bytes are kept once. */
export function keptImageId(sha256: string): string {
  return uuidOf('image', sha256);
}

/** Keeps the images that could be read, where the tenant wants that, as far as its room goes. */
export async function keepImages(
  { blobs, logger }: Pick<Services, 'blobs' | 'logger'>,
  tenantId: string,
  {
    images,
    embeddings,
    keeps,
  }: { images: readonly ReadImage[]; embeddings: readonly EmbeddedImage[][]; keeps: Keeps },
): Promise<void> {
  if (keeps.imagesDays === null) return;
  const wanted = new Map<string, Uint8Array>();
  for (const [index, image] of images.entries()) {
    const isRead = embeddings[index]!.some((one) => !('error' in one));
    if (isRead && 'bytes' in image) wanted.set(keptImageId(image.sha256), image.bytes);
  }
  const left = await blobs.keep(tenantId, wanted, keeps.imagesDays * DAY_MS);
  if (left > 0) logger.warn({ tenantId, left }, 'images were not kept: the tenant has no more room');
}

/** What a link shows. */
export interface KeptImage {
  tenantId: string;
  sha256: string;
  /** As of `ImageInfo`. */
  format: string;
}

const KeptImage = z.object({ tenantId: z.uuid(), sha256: z.hex(), format: z.string() });

export type ImageLinks = SignedLinks<KeptImage>;

/** Links to images that are kept. */
export function createImageLinks(secret: Uint8Array): ImageLinks {
  return createSignedLinks({ secret, prefix: 'txlim_', wanted: KeptImage });
}
