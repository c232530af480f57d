import { EventEmitter, once } from 'node:events';

/** How often to look by oneself, ever less: the job may run in another process, whose word does not come here. */
const POLL_MS = { first: 50, most: 1_000 };

export interface Awaited<Row> {
  id: string;
  read(): Promise<Row>;
  isSettled(row: Row): boolean;
  waitMs: number;
  signal?: AbortSignal | undefined;
}

/** Lets requests wait for rows that jobs bring to an end. One a kind of row. */
export interface Settlement {
  /** Wakes whoever waits for the row in this process. */
  announce(id: string): void;
  /** The row once it has settled, or as it is when `waitMs` have passed or the signal aborts. */
  wait<Row>(wanted: Awaited<Row>): Promise<Row>;
}

export function createSettlement(): Settlement {
  const settled = new EventEmitter().setMaxListeners(0);
  return {
    announce: (id) => void settled.emit(id),
    async wait({ id, read, isSettled, waitMs, signal }) {
      const deadline = Date.now() + waitMs;
      for (let pollMs = POLL_MS.first; ; pollMs = Math.min(2 * pollMs, POLL_MS.most)) {
        const leftMs = deadline - Date.now();
        // Listening begins before the look, so that what happens in between is heard.
        const news = listen(settled, id, { ms: Math.min(pollMs, leftMs), signal });
        const row = await read().catch((error: unknown) => {
          news.stop();
          throw error;
        });
        if (isSettled(row) || leftMs <= 0 || signal?.aborted) {
          news.stop();
          return row;
        }
        await news.heard;
      }
    },
  };
}

/** `heard` resolves at the word, after `ms`, when the signal aborts, or at `stop`. */
function listen(
  settled: EventEmitter,
  id: string,
  { ms, signal }: { ms: number; signal: AbortSignal | undefined },
) {
  const stopping = new AbortController();
  const timer = setTimeout(() => stopping.abort(), Math.max(0, ms));
  const end = AbortSignal.any([stopping.signal, ...(signal ? [signal] : [])]);
  const heard = once(settled, id, { signal: end })
    .catch(() => [])
    .finally(() => clearTimeout(timer));
  return { heard, stop: () => stopping.abort() };
}
