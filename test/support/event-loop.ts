import { monitorEventLoopDelay } from 'node:perf_hooks';

export interface Watched<T> {
  result: T;
  durationMs: number;
  /** The longest time that the event loop of this process was held up, client and server together. */
  blockedMs: number;
}

/** Runs `work` and tells how long it took, and how long nothing else could run at worst. */
export async function watchEventLoop<T>(work: () => Promise<T>): Promise<Watched<T>> {
  const monitor = monitorEventLoopDelay({ resolution: 1 });
  monitor.enable();
  const startedAt = performance.now();
  const result = await work();
  monitor.disable();
  return {
    result,
    durationMs: Math.round(performance.now() - startedAt),
    blockedMs: Math.round(monitor.max / 1e6),
  };
}
