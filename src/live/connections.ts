import type { ChangeFeed } from '../changes/change-feed.ts';
import { AppError } from '../errors.ts';
import type { Identify } from '../http/identify.ts';
import type { LIVE_LIMITS } from '../limits.ts';
import { Connection } from './connection.ts';
import { stopping } from './endings.ts';

export type LiveLimits = typeof LIVE_LIMITS;

interface ConnectionsOptions {
  identify: Identify;
  changes: ChangeFeed;
  limits: Pick<LiveLimits, 'connections' | 'connectionsPerTenant'>;
}

/** Everything that is open to clients of subscriptions, over either transport, in this process. */
export class Connections {
  readonly #options: ConnectionsOptions;
  readonly #open = new Set<Connection>();
  #isStopping = false;
  #onEmpty: () => void = () => {};

  constructor(options: ConnectionsOptions) {
    this.#options = options;
  }

  /** A place for one more. Throws OVERLOADED where there is none, and while the server stops. */
  open(): Connection {
    if (this.#isStopping) throw stopping();
    const { limits, ...services } = this.#options;
    if (this.#open.size >= limits.connections) {
      const message = `The server has ${limits.connections} connections for subscriptions open, and serves no more.`;
      throw new AppError('OVERLOADED', { message, retryAfterMs: 5_000 });
    }
    const connection = new Connection({
      ...services,
      count: (tenantId) => this.#count(tenantId),
      onLeave: (left) => {
        this.#open.delete(left);
        if (this.#open.size === 0) this.#onEmpty();
      },
    });
    this.#open.add(connection);
    return connection;
  }

  /** Tells every client to come back, and resolves when they have left; transports cut those that do not. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    if (this.#open.size === 0) return;
    const empty = new Promise<void>((resolve) => (this.#onEmpty = resolve));
    for (const connection of this.#open) connection.end(stopping());
    await empty;
  }

  #count(tenantId: string): void {
    const { connectionsPerTenant } = this.#options.limits;
    const held = this.#open.values().reduce((sum, one) => sum + Number(one.tenantId === tenantId), 0);
    if (held < connectionsPerTenant) return;
    const message = `The tenant has ${held} connections for subscriptions open; at most ${connectionsPerTenant} are served. A WebSocket carries many subscriptions.`;
    throw new AppError('RATE_LIMITED', { message, retryAfterMs: 5_000 });
  }
}
