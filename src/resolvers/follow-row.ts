import { setTimeout as wait } from 'node:timers/promises';
import type { Topic } from '../changes/topics.ts';
import type { Context } from '../context.ts';
import { AppError } from '../errors.ts';
import { LIVE_LIMITS } from '../limits.ts';
import type { Tx } from '../tenancy/tenant-db.ts';
import type { Loaders } from './loaders.ts';

export interface Followed<Row> {
  tenantId: string;
  topic: Topic;
  /** Throws NOT_FOUND where there is none. */
  read: (tx: Tx) => Promise<Row>;
  isSettled: (row: Row) => boolean;
}

/**
 * The row as it stands, and again when it has changed, until it is settled. However often it changes, and however
 * slowly it is asked for, only its latest state comes: nothing piles up.
 */
export async function* followRow<Row>(
  { services, loaders, signal }: Context,
  { tenantId, topic, read, isSettled }: Followed<Row>,
): AsyncGenerator<Row, void, void> {
  using watch = services.changes.watch(topic);
  for (;;) {
    const row = await patiently(() => services.db.withTenant(tenantId, read), signal);
    forget(loaders);
    yield row;
    if (isSettled(row)) return;
    await wait(LIVE_LIMITS.progressStepMs, undefined, { signal });
    await watch.changed(signal);
  }
}

/** What a loader has read for one event is old at the next. */
export function forget(loaders: Loaders): void {
  loaders.clearAll();
  loaders.labelsRead = 0;
}

/** Does it again while the database is away or has no connection to spare: a subscription outlives that. */
export async function patiently<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'OVERLOADED') throw error;
      await wait(error.retryAfterMs ?? LIVE_LIMITS.progressStepMs, undefined, { signal });
    }
  }
}
