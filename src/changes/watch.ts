/**
 * Remembers that there is news until somebody asks: any number of changes is one. Begin to watch before you read the
 * row, so that no change falls in between.
 */
export class Watch implements Disposable {
  readonly #leave: () => void;
  #isStale = false;
  #wake: () => void = () => {};

  /** `leave`: called once, when nobody wants to know any more. */
  constructor(leave: (watch: Watch) => void) {
    this.#leave = () => leave(this);
  }

  /** There may be news. */
  touch(): void {
    this.#isStale = true;
    this.#wake();
  }

  /**
   * Resolves when there has been news since it last did, and after `lookMs`, where that is given, anyhow. Throws when
   * the signal aborts. One caller at a time.
   */
  async changed(signal: AbortSignal, lookMs?: number): Promise<void> {
    signal.throwIfAborted();
    if (!this.#isStale) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const giveUp = () => reject(signal.reason);
      signal.addEventListener('abort', giveUp, { once: true });
      const timer = lookMs === undefined ? undefined : setTimeout(resolve, lookMs);
      this.#wake = resolve;
      await promise.finally(() => {
        signal.removeEventListener('abort', giveUp);
        clearTimeout(timer);
      });
    }
    this.#isStale = false;
  }

  [Symbol.dispose](): void {
    this.#leave();
  }
}
