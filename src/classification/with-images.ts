import type { Services } from '../context.ts';
import { AppError } from '../errors.ts';
import { decodeBase64, estimateDecodedBytes } from './base64.ts';
import type { Caller } from './classify.ts';
import type { ImageContent } from './classify-input.ts';
import { readImage, type ReadImage } from './read-image.ts';

/**
 * Does `work` with the images of a request, in their order: fetched where they are given by URL, then admitted as a
 * whole, then read to their ends. One that fails, fails alone. A request that has not passed the gate passes it here,
 * and is no work while its images are fetched. Throws OVERLOADED, and what `work` throws.
 */
export async function withImages<Result>(
  { gate, inference, imageFetcher, config }: WithImagesServices,
  caller: Caller,
  contents: ImageContent[],
  work: (images: ReadImage[]) => Promise<Result>,
): Promise<Result> {
  const { tenantId } = caller;
  using held = new DisposableStack();
  let served = false;
  const stay = caller.gateStay ?? gate.enter(tenantId);
  if (!caller.gateStay) held.defer(() => stay.leave(served));

  const urls = contents.flatMap((content) => ('url' in content ? [content.url] : []));
  if (urls.length > 0) refuseWhileOverloaded(inference, tenantId);
  stay.pause();
  const fetched = await imageFetcher.fetch(urls, caller);
  held.defer(() => fetched.release());
  stay.resume();

  const bytes = countBytes(contents, caller.bodyBytes) + fetched.bytes;
  const place = inference.admit({ tenantId, images: contents.length, bytes });
  held.defer(() => place.release());
  fetched.release(); // counted there from now on
  const read = (content: ImageContent) =>
    'url' in content
      ? fetched.images.get(content.url)!
      : readImage(openContent(content), config.maxImageBytes);
  const result = await work(await Promise.all(contents.map(read)));
  served = true;
  return result;
}

type WithImagesServices = Pick<Services, 'gate' | 'inference' | 'imageFetcher' | 'config'>;

function openContent(content: Exclude<ImageContent, { url: string }>) {
  return 'open' in content ? content.open : async () => decodeBase64(content.base64);
}

/** Bytes of the body and what its base64 texts are decoded to. */
function countBytes(contents: ImageContent[], bodyBytes: number): number {
  const decoded = contents.map((content) => ('base64' in content ? estimateDecodedBytes(content.base64) : 0));
  return decoded.reduce((sum, bytes) => sum + bytes, bodyBytes);
}

/** Nothing is fetched for a request that would be refused. */
function refuseWhileOverloaded(inference: Services['inference'], tenantId: string): void {
  const overload = inference.overloaded(tenantId);
  if (!overload) return;
  const message = `The server has no room for more images now. Try again in ${overload.retryAfterMs} ms.`;
  throw new AppError('OVERLOADED', { message, ...overload });
}
