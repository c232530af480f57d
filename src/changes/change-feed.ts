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
  readonly #stopping = new AbortController();
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

  async stop(): Promise<void> {
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
    const { signal } = this.#stopping;
    const client = new HeardClient({
      connectionString: this.#options.applicationUrl,
      application_name: 'taxolens changes',
      connectionTimeoutMillis: PROBE.limitMs,
    });
    const broken = new Promise<never>((_, reject) => {
      client.once('error', reject).once('end', () => reject(new Error('The connection ended.')));
    });
    broken.catch(() => {}); // it may break before anybody waits
    try {
      await client.connect();
      client.on('notification', ({ payload }) => this.#touch(payload as Topic));
      await client.query(`listen ${escapeIdentifier(CHANNEL)}`);
      onListening();
      for (const topic of this.#watches.keys()) this.#touch(topic);
      while (!signal.aborted) {
        await Promise.race([broken, wait(PROBE.everyMs, undefined, { signal }).catch(() => {})]);
        if (!signal.aborted) await Promise.race([broken, client.query('select 1'), silence()]);
      }
    } finally {
      await Promise.race([client.end().catch(() => {}), wait(PROBE.limitMs, undefined, { ref: false })]);
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
