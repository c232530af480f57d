import type { Request } from 'express';
import { AppError } from '../errors.ts';
import { DEFAULT_LIMITS, MAX_LARGE_BODY_BYTES } from '../limits.ts';
import type { Answer } from './locals.ts';

/** What a client is told to wait: about as long as a large body takes. */
const RETRY_AFTER_MS = 1_000;

/**
 * Bounds the large JSON bodies that are in memory at once. `take` throws OVERLOADED before a byte is read where there
 * is no room for one more; its room is free again when the request is over.
 */
export function createBodyRoom(totalBytes = MAX_LARGE_BODY_BYTES) {
  let taken = 0;
  return {
    /** `most`: what is read of a body whose length the client does not say. */
    take(request: Request, response: Answer, most: number): void {
      const announced = Number(request.get('content-length') ?? most);
      const bytes = Math.min(announced, most); // a longer one is refused without being kept
      if (!(bytes > DEFAULT_LIMITS.bodyBytes)) return;
      if (taken + bytes > totalBytes) {
        const message = `The server is reading as many large bodies as it can. Try again in ${RETRY_AFTER_MS} ms.`;
        throw new AppError('OVERLOADED', { message, retryAfterMs: RETRY_AFTER_MS });
      }
      taken += bytes;
      response.once('close', () => void (taken -= bytes));
    },
  };
}
