import { TaxolensError } from './errors.ts';

export interface RetryPolicy {
  /** How often one request is sent at most. Default: 6. */
  attempts?: number;
  /** How long one request may wait between its attempts, in total. Default: 60,000. */
  budgetMs?: number;
}

const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 8_000;
/** What a proxy answers for a server that is not there. */
const PASSING_STATUSES: readonly (number | undefined)[] = [undefined, 429, 502, 503, 504];

/** The attempts of one request, or the connections of one subscription. */
export class Retries {
  readonly #attempts: number;
  readonly #budgetMs: number;
  #sent = 0;
  #waitedMs = 0;

  constructor({ attempts = 6, budgetMs = 60_000 }: RetryPolicy = {}) {
    this.#attempts = attempts;
    this.#budgetMs = budgetMs;
  }

  /**
   * Waits until the next attempt is due. Throws `error` where another would be no use, no safe one, or too late:
   * `isRepeatable` says whether doing it twice does no harm, as an answer that is lost may have been given.
   */
  async next(error: unknown, isRepeatable: boolean, signal?: AbortSignal): Promise<void> {
    if (!(error instanceof TaxolensError) || !mayPass(error, isRepeatable)) throw error;
    const pauseMs = this.#pauseMs(error.retryAfterMs);
    this.#sent += 1;
    this.#waitedMs += pauseMs;
    if (this.#sent >= this.#attempts || this.#waitedMs > this.#budgetMs) throw error;
    await pause(pauseMs, signal);
  }

  /** It goes well again: what failed before does not count any more. */
  reset(): void {
    this.#sent = 0;
    this.#waitedMs = 0;
  }

  /** No earlier than the server asks for, and spread: clients that were refused together do not come back so. */
  #pauseMs(retryAfterMs: number | undefined): number {
    if (retryAfterMs !== undefined) return retryAfterMs * (1 + Math.random() / 4);
    return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.#sent) * (0.5 + Math.random() / 2);
  }
}

/** RATE_LIMITED is said before any work; after the others the work may have been done. */
function mayPass({ code, status }: TaxolensError, isRepeatable: boolean): boolean {
  if (code === 'RATE_LIMITED') return true;
  if (!isRepeatable) return false;
  return (
    code === 'OVERLOADED' ||
    code === 'IDEMPOTENCY_IN_PROGRESS' ||
    (code === 'NO_ANSWER' && PASSING_STATUSES.includes(status))
  );
}

/** Rejects with the signal's reason once it is aborted. */
export function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const leave = () => {
      clearTimeout(timer);
      reject(signal!.reason as Error);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', leave);
      resolve();
    }, ms);
    signal?.addEventListener('abort', leave, { once: true });
  });
}
