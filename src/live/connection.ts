import type { IncomingHttpHeaders } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { ChangeFeed } from '../changes/change-feed.ts';
import { topics } from '../changes/topics.ts';
import type { Watch } from '../changes/watch.ts';
import { AppError } from '../errors.ts';
import type { Identify } from '../http/identify.ts';
import type { KeyViewer } from '../tenancy/viewer.ts';
import { Ending } from './endings.ts';

/** However far off its end is, a credential is looked at again after so long; and when it ended, not more often. */
const LOOK_MS = { most: 3_600_000, least: 20 };
const RETRY_MS = 500;

export interface ConnectionOptions {
  identify: Identify;
  changes: ChangeFeed;
  /** Counts it for its tenant. Throws RATE_LIMITED where that has too many. */
  count: (tenantId: string) => void;
  onLeave: (connection: Connection) => void;
}

/**
 * A WebSocket or an event stream. States: open, held (its tenant is known, and its credential watched), ended (the
 * server has told why; the transport closes it), left.
 */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #ending = new AbortController();
  readonly #leaving = new AbortController();
  tenantId: string | null = null;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  /** Aborts with an `Ending` when the transport has to close it. */
  get ended(): AbortSignal {
    return this.#ending.signal;
  }

  /** From now on it counts for the viewer's tenant, and ends with the credential that the headers carry. */
  hold({ tenantId, apiKeyId, expiresAt }: KeyViewer, headers: IncomingHttpHeaders): void {
    this.#options.count(tenantId);
    this.tenantId = tenantId;
    void this.#guard({ tenantId, apiKeyId }, { expiresAt, headers });
  }

  end(ending: Ending): void {
    this.#ending.abort(ending);
  }

  /** The client is gone. Idempotent. */
  leave(): void {
    if (this.#leaving.signal.aborted) return;
    this.#leaving.abort();
    this.#options.onLeave(this);
  }

  /**
   * Looks whether the credential still works: at once, as it may have ended since it was read; whenever its key
   * changes; and when its time is over.
   */
  async #guard(
    key: { tenantId: string; apiKeyId: string },
    credential: { expiresAt: Date | null; headers: IncomingHttpHeaders },
  ): Promise<void> {
    const signal = AbortSignal.any([this.#leaving.signal, this.#ending.signal]);
    using watch = this.#options.changes.watch(topics.key(key.tenantId, key.apiKeyId));
    watch.touch();
    let { expiresAt } = credential;
    while (!signal.aborted) {
      await this.#untilDue(watch, expiresAt, signal);
      if (signal.aborted) return;
      try {
        const viewer = await this.#options.identify(credential.headers);
        expiresAt = viewer.kind === 'key' ? viewer.expiresAt : null;
      } catch (error) {
        if (error instanceof AppError && error.code !== 'OVERLOADED')
          this.end(new Ending('credential', error));
        await wait(RETRY_MS, undefined, { signal }).catch(() => {});
        watch.touch(); // the database could not say: ask again
      }
    }
  }

  async #untilDue(watch: Watch, expiresAt: Date | null, signal: AbortSignal): Promise<void> {
    const dueMs = expiresAt === null ? LOOK_MS.most : expiresAt.getTime() - Date.now();
    const lookMs = Math.max(LOOK_MS.least, Math.min(dueMs, LOOK_MS.most));
    await watch.changed(signal, lookMs).catch(() => {});
  }
}
