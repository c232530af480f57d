import { AppError } from '../errors.ts';
import { SupervisedChild } from './supervised-child.ts';
import type { ChildOptions } from './supervised-child.ts';

/** READY: a child is idle or busy; STARTING: none is, but it is being tried; FAILED: none could be started. */
export type PoolState = 'STARTING' | 'READY' | 'FAILED';

export interface ChildPoolOptions<Setup, Report> extends ChildOptions<Setup, Report> {
  size: number;
}

/** Starts in a row that must fail before a child is called broken. It is tried again all the same. */
const STARTS_BEFORE_FAILED = 3;

/** A reason that the child found itself, such as a broken file, is there at the next start too. */
const isFinal = (failure: Error) => failure instanceof AppError;

/**
 * Several equal children, each with one task at a time. The pool has no queue: a batcher asks how many are idle.
 * `restarts` counts every end that was not asked for.
 */
export class ChildPool<Setup, Report, Task, Result> {
  restarts = 0;

  readonly #children: SupervisedChild<Setup, Report, Task, Result>[];
  #onFirstChange: () => void = () => {};

  constructor({ size, ...options }: ChildPoolOptions<Setup, Report>) {
    const watched = {
      ...options,
      onRestart: (reason: string) => {
        this.restarts++;
        options.onRestart?.(reason);
      },
      onChange: () => {
        this.#onFirstChange();
        options.onChange();
      },
    };
    this.#children = Array.from({ length: size }, () => new SupervisedChild(watched));
  }

  get idle(): number {
    return this.#children.filter(({ state }) => state === 'IDLE').length;
  }

  get pids(): number[] {
    return this.#children.flatMap(({ pid }) => pid ?? []);
  }

  /** Of the children that have loaded what they need. */
  get readyPids(): number[] {
    return this.#children.flatMap(({ pid, state }) =>
      state === 'IDLE' || state === 'BUSY' ? (pid ?? []) : [],
    );
  }

  get state(): PoolState {
    if (this.#children.every(({ failedStarts }) => failedStarts >= STARTS_BEFORE_FAILED)) return 'FAILED';
    return this.#children.some(({ state }) => state === 'IDLE' || state === 'BUSY') ? 'READY' : 'STARTING';
  }

  get lastFailure(): Error | undefined {
    return this.#children.find(({ lastFailure }) => lastFailure)?.lastFailure;
  }

  /**
   * Starts the first child and, when it is ready, the others, which profit from what it measured.
   * Rejects with the child's own reason when it gives one, or when it cannot be started at all.
   */
  async start(): Promise<void> {
    const [first, ...others] = this.#children;
    if (!first) throw new RangeError('A pool needs at least one child');
    await new Promise<void>((resolve, reject) => {
      this.#onFirstChange = () => {
        if (first.state === 'IDLE') resolve();
        else if (
          first.lastFailure &&
          (isFinal(first.lastFailure) || first.failedStarts >= STARTS_BEFORE_FAILED)
        ) {
          reject(first.lastFailure);
        }
      };
      first.start();
    }).finally(() => (this.#onFirstChange = () => {}));
    for (const child of others) child.start();
  }

  /** Precondition: `idle > 0`. */
  run(task: Task): Promise<Result> {
    const child = this.#children.find(({ state }) => state === 'IDLE');
    if (!child) throw new Error('run() was called with no idle child');
    return child.run(task);
  }

  async stop(): Promise<void> {
    await Promise.all(this.#children.map((child) => child.stop()));
  }
}
