import { AppError } from '../errors.ts';
import { fromPlainError } from './child-messages.ts';
import { spawnChild } from './spawn-child.ts';
import type { ChildProcess } from 'node:child_process';
import type { Logger } from 'pino';
import type { FromChild, ToChild } from './child-messages.ts';

/** The child ended with a task in its hands. The task may be innocent: the layer above tries it once more. */
export class ChildDiedError extends Error {
  override name = 'ChildDiedError';
}

export interface ChildOptions<Setup, Report> {
  name: 'decoder' | 'encoder';
  module: URL;
  /** Asked at every start, so that a later child is told what an earlier one found out. */
  setup: () => Setup;
  /** A task that takes longer costs its child, by SIGKILL, and fails with DEADLINE_EXCEEDED. */
  taskTimeoutMs: number;
  startTimeoutMs?: number;
  logger: Pick<Logger, 'warn' | 'debug'>;
  onReady?: (report: Report) => void;
  onRestart?: (reason: string) => void;
  /** The child's state changed: it may be free, or gone. */
  onChange: () => void;
}

const LONGEST_BACKOFF_MS = 30_000;
const HEALTHY_AFTER_MS = 10_000;

interface TaskInHand<Result> {
  id: number;
  resolve: (result: Result) => void;
  reject: (error: Error) => void;
  timer: NodeJS.Timeout;
}

/**
 * One place for a child process, filled again whenever its process ends.
 * STARTING (loading) -> IDLE <-> BUSY (one task) -> on exit WAITING (exponential backoff) -> STARTING; STOPPED is final.
 */
export class SupervisedChild<Setup, Report, Task, Result> {
  state: 'STARTING' | 'IDLE' | 'BUSY' | 'WAITING' | 'STOPPED' = 'WAITING';
  /** Starts in a row that did not end in readiness, and why the last one did not. */
  failedStarts = 0;
  lastFailure: Error | undefined;

  readonly #options: ChildOptions<Setup, Report>;
  #process: ChildProcess | undefined;
  #task: TaskInHand<Result> | undefined;
  #nextTaskId = 0;
  /** Ends in a row with no task done and no time in health between them. */
  #crashes = 0;
  #readyAt = 0;
  #startTimer: NodeJS.Timeout | undefined;
  #backoffTimer: NodeJS.Timeout | undefined;
  #lastWords = '';
  #reportedFailure: Error | undefined;

  constructor(options: ChildOptions<Setup, Report>) {
    this.#options = options;
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  start(): void {
    const { module, setup, startTimeoutMs = 180_000 } = this.#options;
    this.state = 'STARTING';
    this.#lastWords = '';
    this.#reportedFailure = undefined;
    const child = spawnChild(module);
    this.#process = child;
    this.#startTimer = setTimeout(() => child.kill('SIGKILL'), startTimeoutMs);
    child.stderr?.on('data', (chunk: Buffer) => this.#keepLastWords(String(chunk)));
    child.on('message', (message) => this.#receive(message as FromChild<Report, Result>));
    child.on('error', (error) => this.#keepLastWords(String(error)));
    child.once('exit', (code, signal) => {
      const how = signal ?? `exit code ${code}`;
      // Its last messages may still be on their way: the answer to its task, or why it could not start.
      if (child.connected) child.once('disconnect', () => this.#ended(how));
      else this.#ended(how);
    });
    // fork() reports a failed spawn by 'error' alone.
    if (child.pid === undefined) setImmediate(() => this.#ended('could not be spawned'));
    this.#send({ type: 'start', setup: setup() });
  }

  /** Resolves with the answer. Rejects with the child's own error, ChildDiedError or DEADLINE_EXCEEDED. */
  run(task: Task): Promise<Result> {
    if (this.state !== 'IDLE') throw new Error(`A ${this.#options.name} that is ${this.state} takes no task`);
    this.state = 'BUSY';
    const id = this.#nextTaskId++;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.#overrun(), this.#options.taskTimeoutMs);
      this.#task = { id, resolve, reject, timer };
      this.#send({ type: 'task', id, task });
    });
  }

  /** Ends the process at once: nothing that it holds is worth waiting for. */
  async stop(): Promise<void> {
    this.state = 'STOPPED';
    clearTimeout(this.#backoffTimer);
    clearTimeout(this.#startTimer);
    const child = this.#process;
    if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await gone;
  }

  #send(message: ToChild<Setup, Task>): void {
    // A channel that is closed already shows as 'exit': the callback only keeps the error from being thrown.
    this.#process?.send(message, () => {});
  }

  #receive(message: FromChild<Report, Result>): void {
    if (this.state === 'STOPPED') return;
    if (message.type === 'ready') {
      clearTimeout(this.#startTimer);
      this.failedStarts = 0;
      this.lastFailure = undefined;
      this.#readyAt = Date.now();
      this.state = 'IDLE';
      this.#options.onReady?.(message.report);
      this.#options.onChange();
    } else if (message.type === 'failed') {
      this.#reportedFailure = fromPlainError(message.error);
    } else if (message.id === this.#task?.id) {
      const task = this.#takeTask();
      this.#crashes = 0;
      this.state = 'IDLE';
      if (message.type === 'result') task?.resolve(message.result);
      else task?.reject(fromPlainError(message.error));
      this.#options.onChange();
    }
  }

  #takeTask(): TaskInHand<Result> | undefined {
    const task = this.#task;
    clearTimeout(task?.timer);
    this.#task = undefined;
    return task;
  }

  #overrun(): void {
    const { name, taskTimeoutMs } = this.#options;
    const message = `The ${name} did not finish within ${taskTimeoutMs} ms and was stopped.`;
    this.#takeTask()?.reject(new AppError('DEADLINE_EXCEEDED', { message }));
    this.#process?.kill('SIGKILL');
  }

  #ended(how: string): void {
    if (this.#process === undefined) return;
    this.#process = undefined;
    clearTimeout(this.#startTimer);
    const { name, logger, onRestart, onChange } = this.#options;
    const task = this.#takeTask();
    task?.reject(new ChildDiedError(`The ${name} ended (${how}) while it had a task`));
    if (this.state === 'STOPPED') return;

    const reason = `${how}${this.#lastWords ? `: ${this.#lastWords.trim()}` : ''}`;
    if (this.state === 'STARTING') {
      this.failedStarts++;
      this.lastFailure = this.#reportedFailure ?? new Error(`The ${name} ended while it started: ${reason}`);
    } else if (Date.now() - this.#readyAt > HEALTHY_AFTER_MS) {
      this.#crashes = 0;
    }
    this.#crashes++;
    this.state = 'WAITING';
    onRestart?.(reason);
    onChange();
    if (this.#isStopped()) return; // whoever heard of it gave it up
    // The first restart waits for nothing, a crash loop longer every time.
    const backoffMs = this.#crashes === 1 ? 0 : Math.min(LONGEST_BACKOFF_MS, 100 * 2 ** (this.#crashes - 2));
    logger.warn(
      { child: name, reason: this.lastFailure?.message ?? reason, backoffMs },
      'child ended, it is started again',
    );
    this.#backoffTimer = setTimeout(() => this.start(), backoffMs);
  }

  #isStopped(): boolean {
    return this.state === 'STOPPED';
  }

  #keepLastWords(words: string): void {
    this.#lastWords = (this.#lastWords + words).slice(-2_000);
    this.#options.logger.debug(
      { child: this.#options.name, stderr: words.trimEnd() },
      'child wrote to stderr',
    );
  }
}
