import { monitorEventLoopDelay } from 'node:perf_hooks';

export interface Watched<T> {
  result: T;
  durationMs: number;
  /** The longest time that the event loop of this process was held up, client and server together. */
  blockedMs: number;
  /** What the thread of the event loop worked: unlike the above, whatever else the machine is busy with. */
  cpuMs: number;
}

/** Runs `work` and tells how long it took, and how long nothing else could run at worst. */
export async function watchEventLoop<T>(work: () => Promise<T>): Promise<Watched<T>> {
  const monitor = monitorEventLoopDelay({ resolution: 1 });
  monitor.enable();
  const startedAt = performance.now();
  const cpuBefore = process.threadCpuUsage();
  const result = await work();
  monitor.disable();
  const { user, system } = process.threadCpuUsage(cpuBefore);
  return {
    cpuMs: Math.round((user + system) / 1_000),
    result,
    durationMs: Math.round(performance.now() - startedAt),
    blockedMs: Math.round(monitor.max / 1e6),
  };
}

/** Counts the turns of the event loop that others get: none while something holds it up. */
export function countTurns(): { count(): number; stop(): number } {
  let turns = 0;
  const tick = () => {
    turns++;
    next = setImmediate(tick);
  };
  let next = setImmediate(tick);
  return {
    count: () => turns,
    stop() {
      clearImmediate(next);
      return turns;
    },
  };
}
