import { AppError } from '../errors.ts';
import { nextMonthOf } from './allowance.ts';

/** Whose limit it is: named in messages. */
export type LimitOf = 'tenant' | 'API key';

export function rateLimited(of: LimitOf, imagesPerMinute: number, waitMs: number): AppError {
  const retryAfterMs = Math.max(1, Math.ceil(waitMs));
  return new AppError('RATE_LIMITED', {
    message: `The ${of} may classify ${imagesPerMinute} images a minute, and has. Try again in ${retryAfterMs} ms.`,
    retryAfterMs,
    details: { imagesPerMinute },
  });
}

export function quotaExceeded(imagesPerMonth: number, now: Date): AppError {
  const resetsAt = nextMonthOf(now);
  return new AppError('QUOTA_EXCEEDED', {
    message: `The tenant may classify ${imagesPerMonth} images a month, and this request would be more. The next month begins at ${resetsAt.toISOString()}; the operator can raise the quota.`,
    retryAfterMs: resetsAt.getTime() - now.getTime(),
    details: { imagesPerMonth, resetsAt: resetsAt.toISOString() },
  });
}

/** More than a whole burst never has room, however long the caller waits. */
export function moreThanBurst(of: LimitOf, imagesPerMinute: number, weight: number): AppError {
  return new AppError('INVALID_INPUT', {
    message: `The ${of} may classify ${imagesPerMinute} images a minute; this request counts as ${weight.toFixed(1)}. Send fewer images or taxonomies in one request.`,
    path: ['images'],
    details: { imagesPerMinute },
  });
}
