import type { Dispatcher } from 'undici';
import { AppError } from '../errors.ts';
import { isRefused, type Outbound } from '../outbound/outbound.ts';

export interface FetchOptions {
  maxImageBytes: number;
  /** From the first name that is looked up to the last byte, all redirects included. */
  timeoutMs: number;
  /** The client's own: its reason is what is thrown then. */
  signal: AbortSignal;
}

const MAX_REDIRECTS = 3;
const MAX_URL_LENGTH = 2_048;
const REDIRECTS = [301, 302, 303, 307, 308];

/**
 * The bytes behind a URL, piece by piece. Throws URL_NOT_ALLOWED, in the same words for whatever may not be reached:
 * open, closed, filtered, or a name that is not there; IMAGE_FETCH_FAILED; IMAGE_TOO_LARGE by Content-Length.
 */
export async function* fetchImage(
  outbound: Outbound,
  url: string,
  { maxImageBytes, timeoutMs, signal }: FetchOptions,
): AsyncGenerator<Uint8Array> {
  let response: Dispatcher.ResponseData | undefined;
  try {
    const limited = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]);
    response = await follow(outbound, parseUrl(url), limited);
    checkAnswer(response, maxImageBytes);
    yield* response.body as AsyncIterable<Uint8Array>;
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw toFetchError(error);
  } finally {
    response?.body.destroy();
  }
}

/** Every hop is judged like the first. */
async function follow(outbound: Outbound, start: URL, signal: AbortSignal): Promise<Dispatcher.ResponseData> {
  let url = start;
  for (let hops = 0; ; hops++) {
    const response = await outbound.request(url, { method: 'GET', headers: { accept: 'image/*' }, signal });
    const { location } = response.headers;
    if (!REDIRECTS.includes(response.statusCode) || typeof location !== 'string') return response;
    response.body.destroy();
    if (hops === MAX_REDIRECTS) throw fetchFailed(`it was redirected more than ${MAX_REDIRECTS} times`);
    url = parseUrl(location, url);
  }
}

function parseUrl(text: string, base?: URL): URL {
  const url = text.length <= MAX_URL_LENGTH ? URL.parse(text, base?.href) : null;
  if (url !== null) return url;
  // Of a redirect nothing is told: it would tell what is there.
  throw base ? notAllowed() : notAUrl();
}

function checkAnswer({ statusCode, headers }: Dispatcher.ResponseData, maxImageBytes: number): void {
  if (statusCode !== 200) throw fetchFailed(`the answer has the status ${statusCode}`);
  if (!['identity', undefined].includes(headers['content-encoding']?.toString().toLowerCase())) {
    throw fetchFailed('the answer is compressed although that was not asked for');
  }
  if (Number(headers['content-length']) > maxImageBytes) throw imageTooLarge(maxImageBytes);
}

/** Refused, timed out and broken off look alike: an answer that told them apart would map what is there. */
function toFetchError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  if (isRefused(error)) return notAllowed();
  return fetchFailed('its server could not be reached, was too slow or broke off', error);
}

function fetchFailed(why: string, cause?: unknown): AppError {
  const remedy = 'Try again, or send the image as an upload or as base64.';
  return new AppError('IMAGE_FETCH_FAILED', {
    message: `The image was not fetched: ${why}. ${remedy}`,
    cause,
  });
}

/** The client's own text tells nothing that it does not know. */
function notAUrl(): AppError {
  return new AppError('URL_NOT_ALLOWED', {
    message: `This is no URL of at most ${MAX_URL_LENGTH} characters with http: or https: and a host, such as 'https://example.com/cat.jpg'.`,
  });
}

function notAllowed(): AppError {
  return new AppError('URL_NOT_ALLOWED', {
    message:
      'An image may be fetched over http or https, on ports 80 and 443, without user name and password in the URL, from a host whose addresses are all public; this URL, or one that it redirects to, asks for something else. ' +
      'Send the image as an upload or as base64, or have the operator allow the target (TAXOLENS_ALLOWED_PRIVATE_TARGETS).',
  });
}

export function imageTooLarge(maxImageBytes: number): AppError {
  return new AppError('IMAGE_TOO_LARGE', {
    message: `An image has at most ${maxImageBytes} bytes; this one has more. Send it smaller: the model looks at a small square of it.`,
  });
}
