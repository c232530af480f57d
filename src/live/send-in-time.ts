/**
 * Does what is to be sent, and calls `onSlow` where the client has not taken it in time: it resolves then, too, as
 * whoever waits has nothing more to do.
 */
export async function sendInTime(
  send: (taken: () => void) => void,
  { slowMs, onSlow }: { slowMs: number; onSlow: () => void },
): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(() => {
    onSlow();
    resolve();
  }, slowMs);
  send(resolve);
  await promise;
  clearTimeout(timer);
}
