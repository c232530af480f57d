import { AppError } from '../errors.ts';
import { PriorityQueue, type Queued } from './priority-queue.ts';

export interface BatcherOptions<Payload, Result> {
  /** Asked at every batch: known only when an encoder has measured it. */
  maxBatchSize: () => number;
  /** Encodes one batch on a free child; one result for each payload, in order. */
  run: (payloads: Payload[]) => Promise<Result[]>;
  /** Names the failure of an item that was tried twice. */
  giveUp: (error: unknown) => AppError;
  onBatch?: (batch: { payloads: Payload[]; runMs: number }) => void;
  now?: () => number;
}

/** `tenantId`: the key of a fair turn; nothing else is known of the tenant. */
export interface BatchItem<Payload> extends Queued {
  /** Named by what refuses it. */
  modelId: string;
  payload: Payload;
  signal?: AbortSignal | undefined;
  /** Milliseconds since the epoch. */
  deadlineAt?: number | undefined;
}

/** Why one item is refused, for who submitted it. */
export type Refusal = (item: Pick<BatchItem<unknown>, 'modelId'>) => AppError;

export interface Batched<Result> {
  result: Result;
  queueMs: number;
  runMs: number;
  batchSize: number;
}

/** setTimeout fires at once for anything longer. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

interface Waiting<Payload, Result> extends BatchItem<Payload> {
  queuedAt: number;
  attempts: number;
  settled: boolean;
  resolve: (done: Batched<Result>) => void;
  reject: (error: unknown) => void;
}

/**
 * Collects items of one kind while no child is free. An item is waiting -> in a batch -> settled, and settles exactly
 * once: with its result, its own error, its deadline or its signal's reason. A failed batch is tried once more item
 * by item, so that one bad item fails alone. `Dispatcher` decides when; this class decides what goes together.
 */
export class Batcher<Payload, Result> {
  readonly #options: BatcherOptions<Payload, Result>;
  readonly #now: () => number;
  readonly #queue = new PriorityQueue<Waiting<Payload, Result>>();
  /** From failed batches: each goes alone, before all others. */
  readonly #retries = new Set<Waiting<Payload, Result>>();
  #refusal: Refusal | undefined;
  /** Called whenever something begins to wait. */
  onWaiting: () => void = () => {};

  constructor(options: BatcherOptions<Payload, Result>) {
    this.#options = options;
    this.#now = options.now ?? (() => performance.now());
  }

  get waiting(): number {
    return this.#queue.size + this.#retries.size;
  }

  submit({ signal, deadlineAt, ...asked }: BatchItem<Payload>): Promise<Batched<Result>> {
    return new Promise((resolve, reject) => {
      if (this.#refusal) return reject(this.#refusal(asked));
      if (signal?.aborted) return reject(signal.reason);
      const remainingMs = deadlineAt === undefined ? undefined : deadlineAt - Date.now();
      if (remainingMs !== undefined && remainingMs <= 0) return reject(tooLate());

      const settle = () => {
        item.settled = true;
        this.#queue.delete(item);
        this.#retries.delete(item);
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
      };
      const item: Waiting<Payload, Result> = {
        ...asked,
        queuedAt: this.#now(),
        attempts: 0,
        settled: false,
        resolve: (done) => {
          settle();
          resolve(done);
        },
        reject: (error) => {
          settle();
          reject(error);
        },
      };
      const onAbort = () => item.reject(signal?.reason);
      signal?.addEventListener('abort', onAbort, { once: true });
      const timer =
        remainingMs === undefined
          ? undefined
          : setTimeout(() => item.reject(tooLate()), Math.min(remainingMs, LONGEST_TIMER_MS));
      this.#queue.add(item);
      this.onWaiting();
    });
  }

  /** Sends the next batch. Precondition: something waits and a child is free; `run` occupies it before returning. */
  async dispatch(): Promise<void> {
    const items = this.#takeBatch();
    const startedAt = this.#now();
    try {
      const payloads = items.map(({ payload }) => payload);
      const results = await this.#options.run(payloads);
      if (results.length !== items.length) {
        throw new Error(`${results.length} results came for ${items.length} items`);
      }
      const runMs = this.#now() - startedAt;
      this.#options.onBatch?.({ payloads, runMs });
      for (const [i, item] of items.entries()) {
        item.resolve({
          result: results[i]!,
          queueMs: startedAt - item.queuedAt,
          runMs,
          batchSize: items.length,
        });
      }
    } catch (error) {
      for (const item of items) this.#retryOrReject(item, error, items.length);
    }
  }

  /** Rejects everything that waits, and what comes later too, until `accept`. */
  refuse(reason: Refusal): void {
    this.#refusal = reason;
    for (const item of [...this.#retries, ...this.#queue.clear()]) item.reject(reason(item));
  }

  accept(): void {
    this.#refusal = undefined;
  }

  #takeBatch(): Waiting<Payload, Result>[] {
    const [retry] = this.#retries;
    if (!retry) return this.#queue.take(this.#options.maxBatchSize());
    this.#retries.delete(retry);
    return [retry];
  }

  #retryOrReject(item: Waiting<Payload, Result>, error: unknown, batchSize: number): void {
    if (item.settled) return;
    // An AppError is a verdict on its item; but in a batch nobody knows whose.
    if (error instanceof AppError && batchSize === 1) return item.reject(error);
    if (item.attempts++ > 0) return item.reject(this.#options.giveUp(error));
    if (this.#refusal) return item.reject(this.#refusal(item));
    this.#retries.add(item);
    this.onWaiting();
  }
}

function tooLate(): AppError {
  return new AppError('DEADLINE_EXCEEDED', { message: 'The request ran out of time before its turn came.' });
}
