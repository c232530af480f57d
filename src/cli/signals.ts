/** Ctrl-C, and what process managers send. */
const SIGNALS = ['SIGINT', 'SIGTERM'] as const;

/** One Ctrl-C reaches us twice: from the terminal and from the bootstrap. */
const SAME_REQUEST_MS = 1_000;

/** Resolves at the first signal that asks the process to end. A later one ends it at once. */
export function awaitSignal(): Promise<NodeJS.Signals> {
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>();
  let askedAt: number | undefined;
  for (const signal of SIGNALS) {
    process.on(signal, () => {
      if (askedAt !== undefined && performance.now() - askedAt > SAME_REQUEST_MS) process.exit(1);
      askedAt ??= performance.now();
      resolve(signal);
    });
  }
  return promise;
}
