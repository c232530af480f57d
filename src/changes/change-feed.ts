import { setTimeout as wait } from 'node:timers/promises';
import { escapeIdentifier } from 'pg';
import { HeardClient } from '../database/heard-client.ts';
import type { DatabaseLogger } from '../database/logger.ts';
import { CHANNEL, type Topic } from './topics.ts';
import { Watch } from './watch.ts';

export interface ChangeFeedOptions {
  /** URL of the application role. */
  applicationUrl: string;
  logger: DatabaseLogger;
}

/** How soon a connection that broke is made anew, ever later while that fails. */
const RETRY_MS = { first: 50, most: 2_000 };
/** A connection may break without a word: so often it is tried, and so long it has to answer. */
const PROBE = { everyMs: 10_000, limitMs: 5_000 };

/**
 * What changes in the database, by whichever process, as notices on a connection of its own. States: connecting (at
 * first, and after each cut), listening, stopped. What changed during a cut nobody knows: after it everybody looks.
 */
export class ChangeFeed {
  readonly #options: ChangeFeedOptions;
  readonly #watches = new Map<Topic, Set<Watch>>();
  readonly #untold = new Set<Topic>();
  readonly #stopping = new AbortController();
  /** Where it listens. */
  #client: HeardClient | null = null;
  #telling: Promise<void> | null = null;
  #running: Promise<void> = Promise.resolve();

  constructor(options: ChangeFeedOptions) {
    this.#options = options;
  }

  /** Listens from the moment that this resolves, or from the end of a cut that it begins with. */
  async start(): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#running = this.#run(resolve);
    await Promise.race([promise, wait(PROBE.limitMs, undefined, { ref: false })]);
  }

  /** Until it is disposed of. */
  watch(topic: Topic): Watch {
    const watches = this.#watches.get(topic) ?? new Set();
    this.#watches.set(topic, watches);
    const watch = new Watch((left) => {
      watches.delete(left);
      if (watches.size === 0 && this.#watches.get(topic) === watches) this.#watches.delete(topic);
    });
    watches.add(watch);
    return watch;
  }

  /**
   * Tells every process soon, this one too, of a change that is committed: what is told while a notice is on its way
   * makes one with all that waits. A process that is killed in between tells nobody: who watches looks now and then.
   */
  tell(topic: Topic): void {
    this.#untold.add(topic);
    this.#sendSoon();
  }

  /** What was told before is sent, where the database listens. */
  async stop(): Promise<void> {
    await Promise.race([this.#telling, wait(PROBE.limitMs, undefined, { ref: false })]);
    this.#stopping.abort();
    await this.#running;
  }

  async #run(onListening: () => void): Promise<void> {
    const { signal } = this.#stopping;
    let retryMs = RETRY_MS.first;
    while (!signal.aborted) {
      const heard = () => {
        retryMs = RETRY_MS.first;
        onListening();
      };
      await this.#listen(heard).catch((err: unknown) => {
        if (!signal.aborted) this.#options.logger.warn({ err }, 'the connection that hears of changes broke');
      });
      await wait(retryMs, undefined, { signal }).catch(() => {});
      retryMs = Math.min(2 * retryMs, RETRY_MS.most);
    }
  }

  /** Until the connection breaks, which is thrown, or the feed stops. */
  async #listen(onListening: () => void): Promise<void> {
    const broken = new AbortController();
    const signal = AbortSignal.any([this.#stopping.signal, broken.signal]);
    const client = new HeardClient({
      connectionString: this.#options.applicationUrl,
      application_name: 'taxolens changes',
      connectionTimeoutMillis: PROBE.limitMs,
    });
    client
      .once('error', (error) => broken.abort(error))
      .once('end', () => broken.abort(new Error('The connection ended.')));
    try {
      await client.connect();
      client.on('notification', ({ payload }) => this.#touch(payload as Topic));
      await client.query(`listen ${escapeIdentifier(CHANNEL)}`);
      this.#client = client;
      onListening();
      for (const topic of this.#watches.keys()) this.#touch(topic);
      this.#sendSoon();
      while (!signal.aborted) {
        await wait(PROBE.everyMs, undefined, { signal }).catch(() => {});
        if (!signal.aborted) await Promise.race([client.query('select 1'), silence()]);
      }
      broken.signal.throwIfAborted();
    } finally {
      this.#client = null;
      await Promise.race([client.end().catch(() => {}), wait(PROBE.limitMs, undefined, { ref: false })]);
    }
  }

  #sendSoon(): void {
    this.#telling ??= this.#sendUntold().finally(() => (this.#telling = null));
  }

  /** What cannot be sent waits for the next notice, or connection. */
  async #sendUntold(): Promise<void> {
    while (this.#client && this.#untold.size > 0) {
      const topics = [...this.#untold];
      this.#untold.clear();
      try {
        await this.#client.query('select pg_notify($1, topic) from unnest($2::text[]) topic', [
          CHANNEL,
          topics,
        ]);
      } catch {
        for (const topic of topics) this.#untold.add(topic);
        return;
      }
    }
  }

  #touch(topic: Topic): void {
    for (const watch of this.#watches.get(topic) ?? []) watch.touch();
  }
}

async function silence(): Promise<never> {
  await wait(PROBE.limitMs, undefined, { ref: false });
  throw new Error(`The database has not answered for ${PROBE.limitMs} ms.`);
}
