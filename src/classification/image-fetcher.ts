import { AppError } from '../errors.ts';
import { Gate } from '../outbound/gate.ts';
import type { Outbound } from '../outbound/outbound.ts';
import { FETCH_LIMITS } from '../limits.ts';
import { fetchImage } from './fetch-image.ts';
import { readImage, type ReadImage } from './read-image.ts';

/** What was fetched for one request, by URL. */
export interface FetchedImages {
  images: ReadonlyMap<string, ReadImage>;
  bytes: number;
  /** Gives their room back: when something else counts these bytes, or nobody needs them. Once is enough. */
  release(): void;
}

export interface ImageFetcher {
  /**
   * Fetches every distinct URL once. One that fails, fails alone. Throws OVERLOADED where the tenant fetches too
   * much already, and the signal's reason.
   */
  fetch(urls: readonly string[], caller: { tenantId: string; signal: AbortSignal }): Promise<FetchedImages>;
}

export interface ImageFetcherOptions {
  outbound: Outbound;
  maxImageBytes: number;
  /** Default: FETCH_LIMITS. */
  limits?: typeof FETCH_LIMITS;
}

/** Fetches go on before their request is admitted: slow servers of strangers hold no place of the queue. */
export function createImageFetcher({
  outbound,
  maxImageBytes,
  limits = FETCH_LIMITS,
}: ImageFetcherOptions): ImageFetcher {
  const gate = new Gate(limits);
  const held = new Map<string, number>();

  const hold = (tenantId: string, bytes: number): void => {
    const ofTenant = (held.get(tenantId) ?? 0) + bytes;
    const ofAll = held.values().reduce((sum, one) => sum + one, bytes);
    if (ofTenant > limits.bytesPerKey || ofAll > limits.bytes) throw noRoom();
    held.set(tenantId, ofTenant);
  };
  const giveBack = (tenantId: string, bytes: number): void => {
    const left = (held.get(tenantId) ?? 0) - bytes;
    if (left > 0) held.set(tenantId, left);
    else held.delete(tenantId);
  };

  return {
    async fetch(urls, { tenantId, signal }) {
      const distinct = [...new Set(urls)];
      if (!gate.hasRoom(tenantId, distinct.length)) throw tooManyFetches();
      const fetched = { images: new Map<string, ReadImage>(), bytes: 0 };
      let released = false;
      const release = () => {
        if (!released) giveBack(tenantId, fetched.bytes);
        released = true;
      };

      const limited = AbortSignal.any([signal, AbortSignal.timeout(limits.requestTimeoutMs)]);
      async function* readChunks(url: string) {
        for await (const chunk of fetchImage(outbound, url, { ...limits, maxImageBytes, signal })) {
          hold(tenantId, chunk.length);
          fetched.bytes += chunk.length;
          yield chunk;
        }
      }
      const fetchOne = async (url: string): Promise<void> => {
        const leave = await gate.enter(tenantId, limited).catch(() => undefined);
        if (leave === undefined) return void fetched.images.set(url, { error: tooLate() });
        try {
          fetched.images.set(url, await readImage(async () => readChunks(url), maxImageBytes));
        } finally {
          leave();
        }
      };
      const settled = await Promise.allSettled(distinct.map(fetchOne));
      const failed = settled.find((outcome) => outcome.status === 'rejected');
      if (failed || signal.aborted) {
        release();
        throw signal.aborted ? signal.reason : failed!.reason;
      }
      return { ...fetched, release };
    },
  };
}

function tooManyFetches(): AppError {
  const retryAfterMs = 2_000;
  const message = `This tenant has as many images to fetch as it may have at once (${FETCH_LIMITS.maxPerKey}). Try again in ${retryAfterMs} ms.`;
  return new AppError('OVERLOADED', { message, retryAfterMs });
}

function noRoom(): AppError {
  const message = 'The image was not fetched: too many bytes are being fetched at once. Try again later.';
  return new AppError('IMAGE_FETCH_FAILED', { message });
}

function tooLate(): AppError {
  const message =
    'The image was not fetched: those before it took too long. Send fewer images by URL in one request.';
  return new AppError('IMAGE_FETCH_FAILED', { message });
}
