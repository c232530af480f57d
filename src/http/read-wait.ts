import { HOOK_LIMITS } from '../limits.ts';

const WAIT = /(?:^|[,;])\s*wait\s*=\s*"?(\d{1,6})"?\s*(?=[,;]|$)/i;

/** Seconds for which a client would wait for the answer (RFC 7240), bounded by what is waited here; null: it does not say. */
export function readWait(prefer: string | undefined): number | null {
  const seconds = WAIT.exec(prefer ?? '')?.[1];
  return seconds === undefined ? null : Math.min(Number(seconds), HOOK_LIMITS.maxWaitSeconds);
}
