import type { Logger } from 'pino';

export interface Sweep {
  /** Ends it between two transactions of its own. */
  stop(): Promise<void>;
}

export interface SweepOptions {
  /** What is counted, for the log: `expired deliveries deleted`. */
  what: string;
  everyMs: number;
  logger: Pick<Logger, 'info' | 'error'>;
  /** Answers how much it did. Runs never overlap. */
  run(signal: AbortSignal): Promise<number>;
}

/** Tidies up now, and again and again; a run that fails is left to the next one. */
export function startSweep({ what, everyMs, logger, run }: SweepOptions): Sweep {
  const stopping = new AbortController();
  let sweep = Promise.resolve();
  const next = () => {
    sweep = sweep
      .then(() => run(stopping.signal))
      .then(
        (count) => void (count > 0 && logger.info({ count }, what)),
        (error: unknown) => logger.error({ err: error }, `failed: ${what}`),
      );
  };
  next();
  const timer = setInterval(next, everyMs).unref();
  return {
    stop() {
      clearInterval(timer);
      stopping.abort();
      return sweep;
    },
  };
}
