import { setTimeout as wait } from 'node:timers/promises';
import { EnvHttpProxyAgent, request, type Dispatcher } from 'undici';
import { AppError } from '../../../errors.ts';
import { explainRefusal, refuseFetch, type Wanted } from './hub-errors.ts';

export interface HubOptions {
  /** Without a slash at its end. */
  endpoint: string;
  token?: string | undefined;
  offline: boolean;
  /** The first wait before another try, doubled each time. Default: 1,000. */
  retryMs?: number;
}

export interface HubAnswer {
  status: number;
  /** Lower-case names. Those of later answers of a chain of redirects replace those of earlier ones. */
  headers: Record<string, string>;
  body: Dispatcher.ResponseData['body'];
}

/** Of one try. */
export type Outcome<T> = { value: T } | { refused: HubAnswer };

export interface HubRequest {
  method: 'GET' | 'HEAD';
  headers?: Record<string, string>;
}

const MAX_REDIRECTS = 5;
const MAX_TRIES = 5;
const MAX_RETRY_MS = 60_000;

/**
 * The hub, or a mirror of it. The token goes to the endpoint's own origin and nowhere else: files lie with other
 * hosts, which redirects lead to. Proxies are those of HTTPS_PROXY and NO_PROXY.
 */
export class Hub {
  readonly endpoint: string;
  readonly hasToken: boolean;
  readonly #options: HubOptions;
  // HTTP/2's windows are too small for long transfers from far away.
  readonly #agent = new EnvHttpProxyAgent({
    allowH2: false,
    connect: { timeout: 15_000 },
    headersTimeout: 30_000,
    bodyTimeout: 30_000,
  });

  constructor(options: HubOptions) {
    this.#options = options;
    this.endpoint = options.endpoint;
    this.hasToken = options.token !== undefined;
  }

  urlOf({ repo, revision, path }: Wanted): URL {
    const parts = [...repo.split('/'), 'resolve', revision, ...path.split('/')].map(encodeURIComponent);
    return new URL(`${this.endpoint}/${parts.join('/')}`);
  }

  /** One request and its redirects. HEAD stays with the endpoint: what another host says of a file is not asked for. */
  async ask(wanted: Wanted, { method, headers: extra = {} }: HubRequest): Promise<HubAnswer> {
    if (this.#options.offline) {
      throw refuseFetch(wanted, 'HF_HUB_OFFLINE is set', 'Unset it to fetch.');
    }
    let url = this.urlOf(wanted);
    let headers: Record<string, string> = {};
    for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
      const answer = await request(url, {
        method,
        dispatcher: this.#agent,
        headers: { 'accept-encoding': 'identity', 'user-agent': 'taxolens', ...extra, ...this.#credentials(url) },
      });
      headers = { ...headers, ...flatten(answer.headers) };
      const next = redirectOf(answer, url, wanted);
      if (!next || (method === 'HEAD' && next.origin !== url.origin)) {
        if (method === 'HEAD') await answer.body.dump();
        return { status: answer.statusCode, headers, body: answer.body };
      }
      await answer.body.dump();
      if (url.protocol === 'https:' && next.protocol !== 'https:') {
        throw refuseFetch(wanted, `it leads to ${next.origin}, which is not https`, 'Try another HF_ENDPOINT.');
      }
      url = next;
    }
    throw refuseFetch(wanted, `it leads to more than ${MAX_REDIRECTS} places`, 'Try another HF_ENDPOINT.');
  }

  /**
   * Tries `once` until it has a value. It is called again after network errors, 429 and 5xx, with growing waits or the
   * one that the hub asks for, as long as fewer than five tries in a row made no progress.
   */
  async retry<T>(wanted: Wanted, once: (madeProgress: () => void) => Promise<Outcome<T>>): Promise<T> {
    let failures = 0;
    for (;;) {
      const outcome = await once(() => (failures = 0)).catch((error: unknown) => {
        if (error instanceof AppError || !isNetworkError(error)) throw error;
        return { error };
      });
      if ('value' in outcome) return outcome.value;
      failures++;
      const refused = 'refused' in outcome ? outcome.refused : undefined;
      await refused?.body.dump();
      if (failures >= MAX_TRIES || (refused && !isTransient(refused.status))) {
        throw this.#explain(wanted, outcome);
      }
      await wait(this.#waitMs(failures, refused));
    }
  }

  async close(): Promise<void> {
    await this.#agent.close();
  }

  #explain(wanted: Wanted, outcome: { refused: HubAnswer } | { error: unknown }): AppError {
    if ('error' in outcome) {
      const remedy = 'Check the network and HF_ENDPOINT, and run it again: it goes on where it stopped.';
      return refuseFetch(wanted, `the network failed (${describe(outcome.error)})`, remedy, { cause: outcome.error });
    }
    const { status, headers } = outcome.refused;
    return explainRefusal(wanted, { status, errorCode: headers['x-error-code'], hasToken: this.hasToken });
  }

  #waitMs(failures: number, answer?: HubAnswer): number {
    const asked = Number(answer?.headers['retry-after']) * 1_000;
    const { retryMs = 1_000 } = this.#options;
    return Math.min(MAX_RETRY_MS, Number.isFinite(asked) ? asked : retryMs * 2 ** (failures - 1));
  }

  #credentials(url: URL): Record<string, string> {
    const { token } = this.#options;
    if (token === undefined || url.origin !== new URL(this.endpoint).origin) return {};
    return { authorization: `Bearer ${token}` };
  }
}

function redirectOf({ statusCode, headers }: Dispatcher.ResponseData, from: URL, wanted: Wanted): URL | undefined {
  const location = flatten(headers).location;
  if (![301, 302, 303, 307, 308].includes(statusCode) || location === undefined) return undefined;
  const next = URL.parse(location, from.href);
  if (next && /^https?:$/.test(next.protocol)) return next;
  throw refuseFetch(wanted, `it leads to '${location}', which is no address of the web`, 'Try another HF_ENDPOINT.');
}

function flatten(headers: Dispatcher.ResponseData['headers']): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat().join(', ')]));
}

const isTransient = (status: number) => status === 429 || status === 408 || status >= 500;

/** Of sockets, names and certificates, and undici's own; not of files. */
function isNetworkError(error: unknown): boolean {
  const { code = '', syscall = '' } = error as NodeJS.ErrnoException;
  return code.startsWith('UND_ERR') || ['connect', 'read', 'getaddrinfo'].includes(syscall) || /CERT|TLS|HPE|ECONN|EPIPE/.test(code);
}

function describe(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return message || code || String(error);
}
