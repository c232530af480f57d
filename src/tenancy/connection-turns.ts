import type { Pool } from '../database/connect.ts';
import { AppError } from '../errors.ts';

interface Waiting {
  start: () => void;
}

const RETRY_AFTER_MS = 1_000;

/**
 * Gives the connections of a pool to tenants in turn. The pool itself serves whoever came first: a tenant with a
 * thousand transactions in its queue would hold up one with a single one until that gives up.
 */
export class ConnectionTurns {
  readonly #maxWaitMs: number;
  /** In order of turns; a tenant that had one goes to the end. */
  readonly #waiting = new Map<string, Set<Waiting>>();
  #free: number;

  constructor({ poolSize, maxWaitMs }: Pool) {
    this.#free = poolSize;
    this.#maxWaitMs = maxWaitMs;
  }

  /** Runs `work` when a connection is this tenant's. Throws OVERLOADED when none is in time. */
  async run<T>(tenantId: string, work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await this.#wait(tenantId);
    try {
      return await work();
    } finally {
      this.#giveBack();
    }
  }

  #wait(tenantId: string): Promise<void> {
    const queue = this.#waiting.get(tenantId) ?? new Set();
    this.#waiting.set(tenantId, queue);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#leave(tenantId, waiting);
        reject(tooManyTransactions());
      }, this.#maxWaitMs);
      const waiting: Waiting = {
        start: () => {
          clearTimeout(timer);
          resolve();
        },
      };
      queue.add(waiting);
    });
  }

  #leave(tenantId: string, waiting: Waiting): void {
    const queue = this.#waiting.get(tenantId);
    if (queue?.delete(waiting) && queue.size === 0) this.#waiting.delete(tenantId);
  }

  /** Hands the connection to the tenant whose turn it is. */
  #giveBack(): void {
    const [next] = this.#waiting;
    if (!next) {
      this.#free += 1;
      return;
    }
    const [tenantId, queue] = next;
    const [waiting] = queue;
    this.#waiting.delete(tenantId);
    queue.delete(waiting!);
    if (queue.size > 0) this.#waiting.set(tenantId, queue);
    waiting!.start();
  }
}

function tooManyTransactions(): AppError {
  return new AppError('OVERLOADED', {
    message: 'The database cannot take this request now: try again in a moment.',
    retryAfterMs: RETRY_AFTER_MS,
  });
}
