import { keptImageId } from '../classification/kept-images.ts';
import type { Services } from '../context.ts';
import { AppError } from '../errors.ts';
import type { Step } from './locals.ts';

/** The image that a link of `ImageInfo.url` names. The link is the credential. */
export function downloadImage({ blobs, imageLinks }: Pick<Services, 'blobs' | 'imageLinks'>): Step {
  return async (request, response) => {
    const wanted = imageLinks.verify(request.params['token'] as string);
    const id = wanted && keptImageId(wanted.sha256);
    const bytes = wanted && (await blobs.read(wanted.tenantId, [id!])).get(id!);
    if (!bytes) {
      const message = 'There is no such image, or the time of its link is over: ask for a new `url`.';
      throw new AppError('NOT_FOUND', { message });
    }
    response.set({
      'Content-Type': `image/${wanted.format.toLowerCase()}`,
      // Bytes of strangers: shown as an image, and never run.
      'Content-Security-Policy': "default-src 'none'; sandbox",
      'X-Content-Type-Options': 'nosniff',
      'Cache-Control': 'private, max-age=600',
    });
    response.send(Buffer.from(bytes));
  };
}
