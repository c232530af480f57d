import { AppError } from '../errors.ts';
import { Batcher } from './batcher.ts';
import { ChildPool } from './child-pool.ts';
import { measureMemory } from './measure-memory.ts';
import type { Logger } from 'pino';
import type { Batched, BatchItem, Refusal } from './batcher.ts';
import type { PoolState } from './child-pool.ts';
import type { Lane } from './dispatcher.ts';
import type { EncoderReport, EncoderSetup } from './encoder/setup.ts';
import type { Resident } from './encoder-memory.ts';
import type { Model } from './models/model.ts';

/** UNLOADED: not in memory, and loaded by whatever asks for it. */
export type EncoderState = PoolState | 'UNLOADED';

/** What all encoders have in common. */
export interface SharedOptions {
  /** Of each encoder. */
  processes: number;
  executionProviders: string[];
  /** A child ended that was not asked to. */
  onRestart: (reason: string) => void;
  /** Work came, or a child may have become free. */
  onChange: () => void;
  /** Work came for an encoder that is not loaded. */
  onWanted: (encoder: Resident) => void;
  logger: Logger;
}

export interface EncoderOptions<Task, Answer, Payload, Result> extends SharedOptions {
  kind: 'images' | 'texts';
  /** The child's module. */
  module: URL;
  /** The one whose files are read; others may share the encoder. */
  model: Model;
  /** What it takes of the memory, in bytes, as long as nobody has measured it. */
  guessedBytes: number;
  isKept: boolean;
  /** Payloads in one batch, where a child takes `batchSize` items at most. */
  maxPayloads: (batchSize: number) => number;
  /** One batch on a free child. */
  encode: (payloads: Payload[], run: (task: Task) => Promise<Answer>) => Promise<Result[]>;
  onBatch: (batch: { payloads: Payload[]; runMs: number }) => void;
}

/** An encoder that needs longer for one batch hangs. */
const ENCODE_TIMEOUT_MS = 120_000;
/** A model that could not be loaded is tried again when it is asked for later than that. */
const RETRY_AFTER_MS = 30_000;

/**
 * One image or text encoder: its queue, and its children while it is in memory.
 * UNLOADED -> load() -> STARTING -> READY, or FAILED until it is asked for later; READY <-> STARTING <-> FAILED as its
 * children end and come back; unload() -> UNLOADED, once no batch is in a child.
 */
export class LoadableEncoder<Task, Answer, Payload, Result> implements Lane, Resident {
  readonly kind: 'images' | 'texts';
  readonly isKept: boolean;
  /** Ends of children that nobody asked for; times that it was loaded. */
  restarts = 0;
  loads = 0;
  /** Of a child that was ready; others and later ones are told. */
  report: EncoderReport | undefined;
  /** What it takes of the memory, loaded. */
  neededBytes: number;
  /** By `performance.now()`. */
  loadedAt = 0;
  lastUsedAt = 0;

  readonly #options: EncoderOptions<Task, Answer, Payload, Result>;
  readonly #batcher: Batcher<Payload, Result>;
  #pool: ChildPool<EncoderSetup, EncoderReport, Task, Answer> | undefined;
  #running = 0;
  #isLeaving = false;
  #onIdle = () => {};
  #isStopped = false;
  /** It could not be loaded, and nobody tries again before that. */
  #failure: { until: number } | undefined;

  constructor(options: EncoderOptions<Task, Answer, Payload, Result>) {
    const { kind, isKept, guessedBytes, maxPayloads, encode, onBatch } = options;
    this.kind = kind;
    this.isKept = isKept;
    this.neededBytes = guessedBytes;
    this.#options = options;
    this.#batcher = new Batcher({
      maxBatchSize: () => maxPayloads(this.report?.batchSize ?? 1),
      run: (payloads) => encode(payloads, (task) => this.#pool!.run(task)),
      giveUp,
      onBatch,
    });
    this.#batcher.onWaiting = () => (this.#pool ? options.onChange() : options.onWanted(this));
  }

  get state(): EncoderState {
    return this.#pool?.state ?? (this.#failure ? 'FAILED' : 'UNLOADED');
  }

  get isLoaded(): boolean {
    return this.#pool !== undefined;
  }

  get waiting(): number {
    return this.#batcher.waiting;
  }

  get idle(): number {
    return this.#isLeaving ? 0 : (this.#pool?.idle ?? 0);
  }

  get isBusy(): boolean {
    return this.#running > 0 || this.waiting > 0;
  }

  get pids(): number[] {
    return this.#pool?.pids ?? [];
  }

  submit(item: BatchItem<Payload>): Promise<Batched<Result>> {
    if (this.#failure && performance.now() > this.#failure.until) {
      this.#failure = undefined;
      this.#batcher.accept();
    }
    return this.#batcher.submit(item);
  }

  async dispatch(): Promise<void> {
    this.#running++;
    await this.#batcher.dispatch();
    this.#running--;
    this.lastUsedAt = performance.now();
    if (this.#running === 0) this.#onIdle();
  }

  /** Resolves when it encodes. Rejects with the reason when it cannot be loaded; what waits is refused without it. */
  async load(): Promise<void> {
    if (this.#isStopped) return;
    const pool = this.#createPool();
    this.#pool = pool;
    try {
      await pool.start();
    } catch (cause) {
      await pool.stop();
      this.#pool = undefined;
      this.#fail(cannotStart(cause));
      throw explainStart(cause, this.#options.model);
    }
    this.loads++;
    this.loadedAt = performance.now();
    this.lastUsedAt = this.loadedAt;
  }

  /** Lets the batches in its children end, then ends these. What waits for it waits until it is loaded again. */
  async unload(): Promise<void> {
    const pool = this.#pool;
    if (!pool) return;
    this.#isLeaving = true;
    if (this.#running > 0) await new Promise<void>((resolve) => (this.#onIdle = resolve));
    await pool.stop();
    this.#isLeaving = false;
    this.#pool = undefined;
    const { logger, model, kind } = this.#options;
    logger.info({ model: model.id, kind, bytes: this.neededBytes }, 'encoder unloaded');
    if (this.waiting > 0) this.#options.onWanted(this);
  }

  /** Refuses what waits, and for a while what comes. */
  refuse(error: AppError): void {
    this.#fail(() => error);
  }

  /** Measures `neededBytes`, where it is loaded and the system tells. */
  async measure(): Promise<void> {
    const bytes = await measureMemory(this.#pool?.readyPids ?? []);
    // Children that still start will take as much as those that are ready.
    if (bytes !== undefined) this.neededBytes = bytes * this.#options.processes;
  }

  /** Rejects what waits and comes, and ends the children at once. */
  async stop(reason: () => AppError): Promise<void> {
    this.#isStopped = true;
    this.#batcher.refuse(reason);
    await this.#pool?.stop();
  }

  #createPool() {
    const { kind, module, model, processes, executionProviders, logger, onChange, onRestart } = this.#options;
    const pool = new ChildPool<EncoderSetup, EncoderReport, Task, Answer>({
      name: 'encoder',
      module,
      size: processes,
      setup: () => ({ model, executionProviders, batchSize: this.report?.batchSize }),
      taskTimeoutMs: ENCODE_TIMEOUT_MS,
      logger,
      onReady: (report) => {
        this.report ??= report;
        for (const failure of report.refused) {
          const message = `execution provider ${failure.provider} cannot be used`;
          logger.warn({ ...failure, instead: report.provider }, message);
        }
        const { provider, batchSize } = report;
        logger.info({ model: model.id, kind, provider, batchSize }, 'encoder ready');
      },
      onRestart: (reason) => {
        this.restarts++;
        onRestart(reason);
      },
      onChange: () => {
        if (pool.state === 'FAILED') this.#batcher.refuse(cannotStart(pool.lastFailure));
        else this.#batcher.accept();
        onChange();
      },
    });
    return pool;
  }

  #fail(reason: Refusal): void {
    this.#failure = { until: performance.now() + RETRY_AFTER_MS };
    this.#batcher.refuse(reason);
  }
}

/** For callers, whose business it is not where files lie here, nor which models share the encoder. */
function cannotStart(cause: unknown): Refusal {
  // A reason that the child found itself, such as a broken file, does not pass by itself.
  const retryAfterMs = cause instanceof AppError ? undefined : RETRY_AFTER_MS;
  return ({ modelId }) => {
    const message = `The model '${modelId}' cannot be run here at the moment. The operator finds the reason in the log.`;
    return new AppError('MODEL_NOT_AVAILABLE', { message, details: { modelId }, cause, retryAfterMs });
  };
}

/** For the operator: the reason as the child told it, with the file, and what mends it. */
function explainStart(cause: unknown, { id }: Model): AppError {
  const reason = cause instanceof AppError ? cause.message : `${String(cause)}.`;
  const message =
    `The model '${id}' cannot be run. ${reason} If it was added, "taxolens model verify ${id}" says whether its files ` +
    'are what they were; else export it again, or name other execution providers.';
  return new AppError('MODEL_NOT_AVAILABLE', { message, cause });
}

function giveUp(cause: unknown): AppError {
  return new AppError('INTERNAL', { message: 'The input could not be encoded: it failed twice.', cause });
}
