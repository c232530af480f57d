export interface ProbeOptions {
  /** An answer serves for so long: however many ask, the question is put once. */
  rememberedMs: number;
  /** Slower than this is no answer, whether or not the check notices. */
  limitMs: number;
}

/** Asks whether something works: true where the check is fulfilled in time. One check runs at a time. */
export function createProbe(
  check: (signal: AbortSignal) => Promise<unknown>,
  { rememberedMs, limitMs }: ProbeOptions,
): () => Promise<boolean> {
  const ask = async () => {
    const signal = AbortSignal.timeout(limitMs);
    return within(signal, check(signal)).then(
      () => true,
      () => false,
    );
  };
  let last: { at: number; answer: Promise<boolean> } | undefined;
  return () => {
    if (!last || performance.now() - last.at > rememberedMs) {
      const entry = { at: Infinity, answer: ask().finally(() => (entry.at = performance.now())) };
      last = entry;
    }
    return last.answer;
  };
}

/** Rejects when the time is up. */
function within<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason as Error);
  signal.addEventListener('abort', onAbort);
  return Promise.race([work, promise]).finally(() => signal.removeEventListener('abort', onAbort));
}
