const MINUTE = 60;
const HOUR = 60 * MINUTE;

/** Seconds before each attempt, from the one before it: eight attempts in 27 hours and a half. */
export const ATTEMPT_DELAYS_SECONDS: readonly number[] = [
  0,
  5,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  10 * HOUR,
];

/** Later by up to this share, so that what failed together does not come back together. */
export const MAX_JITTER = 0.1;

/** What a receiver may ask for at most by Retry-After. */
export const MAX_RETRY_AFTER_SECONDS = 24 * HOUR;

/** An endpoint that has only failed for this long is disabled. */
export const MAX_FAILING_MS = 5 * 24 * HOUR * 1000;

export interface Clock {
  now(): Date;
  /** 0 to 1. */
  random(): number;
}

export const systemClock: Clock = { now: () => new Date(), random: Math.random };

/**
 * When the next attempt is due after `tries` of them, not before the receiver's own Retry-After; null: there is none.
 */
export function nextAttemptAt(
  { now, random }: Clock,
  tries: number,
  retryAfterSeconds: number | null,
): Date | null {
  const delay = ATTEMPT_DELAYS_SECONDS[tries];
  if (delay === undefined) return null;
  const seconds = Math.max(delay * (1 + random() * MAX_JITTER), retryAfterSeconds ?? 0);
  return new Date(now().getTime() + seconds * 1000);
}

/** Seconds of a Retry-After header, which has seconds or a date of HTTP; null where it has neither. */
export function readRetryAfter(header: string | undefined, now: Date): number | null {
  if (header === undefined) return null;
  const text = header.trim();
  const seconds = /^\d{1,9}$/.test(text) ? Number(text) : (Date.parse(text) - now.getTime()) / 1000;
  // Date.parse reads more than dates of HTTP, a bare number among it.
  if (!Number.isFinite(seconds) || !/^(\d{1,9}$|[A-Z][a-z]{2}, )/.test(text)) return null;
  return Math.min(MAX_RETRY_AFTER_SECONDS, Math.max(0, seconds));
}
