import type { ExecutionResult } from 'graphql';

/** The events of a subscription's stream, in the protocol of graphql-sse (distinct connections). */
export const frames = {
  /** `id`: what a browser that lost the stream sends as `Last-Event-ID`. */
  next: (result: ExecutionResult, id: string | null): string =>
    `${id === null ? '' : `id: ${id}\n`}event: next\ndata: ${JSON.stringify(result)}\n\n`,
  /** The client does not ask again. */
  complete: 'event: complete\ndata:\n\n',
  /** A comment. */
  heartbeat: ':\n\n',
  /** How soon a browser that lost the stream comes back. */
  retry: (ms: number): string => `retry: ${ms}\n\n`,
};
