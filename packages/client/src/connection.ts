import { TaxolensError } from './errors.ts';
import type { RetryPolicy } from './retries.ts';
import type { ErrorCode } from './schema.generated.ts';

/** `key`: an API key, for servers. `token`: an access token, for pages; a function is asked for each request. */
export type Credential =
  { key: string; token?: undefined } | { key?: undefined; token: string | (() => string | Promise<string>) };

export type ClientOptions = Credential & {
  /** Where the server is, its base path included: `https://taxolens.example`. */
  url: string | URL;
  /** In place of the runtime's own. */
  fetch?: typeof globalThis.fetch;
  retries?: RetryPolicy;
};

/** The GraphQL error that an answer carries. */
export interface GraphqlError {
  message: string;
  extensions?: {
    code?: ErrorCode;
    requestId?: string;
    retryAfterMs?: number;
    details?: Record<string, unknown>;
  };
}

/** One way to the server; sends with the credential, and makes an error of what is no answer. */
export interface Connection {
  retries: RetryPolicy | undefined;
  /** Throws TaxolensError with code NO_ANSWER, or the signal's reason. */
  post(
    path: string,
    body: string | FormData,
    headers: Record<string, string>,
    signal?: AbortSignal,
  ): Promise<Response>;
}

export function connect({ url, key, token, retries, ...options }: ClientOptions): Connection {
  if (!key && !token) throw new TypeError('The client needs a key or a token; both are empty or undefined.');
  const base = String(url).replace(/\/+$/, '');
  const send = options.fetch ?? globalThis.fetch.bind(globalThis);
  return {
    retries,
    async post(path, body, headers, signal) {
      const credential = key ?? (typeof token === 'function' ? await token() : token);
      const sent = { authorization: `Bearer ${credential}`, 'apollo-require-preflight': 'true', ...headers };
      try {
        return await send(`${base}${path}`, { method: 'POST', headers: sent, body, signal: signal ?? null });
      } catch (error) {
        signal?.throwIfAborted();
        throw new TaxolensError('NO_ANSWER', `${base}${path} did not answer: ${String(error)}`, {
          cause: error,
        });
      }
    },
  };
}

/** What an answer says went wrong; `data` is what it has beside that. */
export function toError([first]: GraphqlError[], response?: Response, data?: unknown): TaxolensError {
  const { code = 'INTERNAL', requestId, details, ...rest } = first?.extensions ?? {};
  const retryAfterMs = rest.retryAfterMs ?? (response && readRetryAfter(response));
  const facts = { requestId, details, retryAfterMs, status: response?.status, data };
  return new TaxolensError(code, first?.message ?? 'The server failed.', facts);
}

/** The body of an answer as JSON. Throws NO_ANSWER where it is none, as the page of a proxy. */
export async function readJson(response: Response, signal?: AbortSignal): Promise<Record<string, unknown>> {
  let body: unknown;
  try {
    body = JSON.parse(await response.text());
  } catch (error) {
    signal?.throwIfAborted();
    // A body that broke off has no status that counts.
    throw notGraphql(response, error instanceof SyntaxError ? response.status : undefined, error);
  }
  if (typeof body === 'object' && body !== null) return body as Record<string, unknown>;
  throw notGraphql(response, response.status);
}

export function notGraphql(response: Response, status: number | undefined, cause?: unknown): TaxolensError {
  return new TaxolensError('NO_ANSWER', `What answered with status ${response.status} is not Taxolens.`, {
    status,
    retryAfterMs: readRetryAfter(response),
    cause,
  });
}

/** Retry-After in milliseconds: it comes in seconds or as a date. */
function readRetryAfter({ headers }: Response): number | undefined {
  const text = headers.get('retry-after');
  if (text === null) return undefined;
  const ms = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}
