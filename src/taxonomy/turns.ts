import { setImmediate as nextTurn } from 'node:timers/promises';

/** Milliseconds of work after which everything else that waits for the event loop gets its turn. */
const SLICE_MS = 5;

/**
 * Lets long work share the event loop: call the function often, and await what it gives back. Within a slice it gives
 * back undefined, which costs next to nothing.
 */
export function createTurns(sliceMs = SLICE_MS): () => Promise<void> | undefined {
  let startedAt = performance.now();
  return () => {
    if (performance.now() - startedAt < sliceMs) return undefined;
    return nextTurn().then(() => void (startedAt = performance.now()));
  };
}
