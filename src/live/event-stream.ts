import { GraphQLError } from 'graphql';
import type { Services, StreamPlace } from '../context.ts';
import { AppError } from '../errors.ts';
import type { OpenSubscription } from '../graphql/open-subscription.ts';
import { RefusedSubscription, type SubscriptionRequest } from '../graphql/prepare-subscription.ts';
import { sendError } from '../http/errors.ts';
import type { Answer, Step } from '../http/locals.ts';
import type { Connection } from './connection.ts';
import type { Connections, LiveLimits } from './connections.ts';
import { tooSlow, type Ending } from './endings.ts';
import { requireTenant } from './require-tenant.ts';
import { sendInTime } from './send-in-time.ts';
import { frames } from './sse-frame.ts';
import { startSubscription } from './start-subscription.ts';

/** Refuses, before a body is read, what can be no subscription of an event stream. */
export const acceptStream: Step = (request, response, next) => {
  if (request.is('multipart/form-data')) {
    const message = 'Subscriptions take no files: send application/json.';
    return sendError(response, new AppError('INVALID_INPUT', { message }), 415);
  }
  if (request.accepts('text/event-stream')) return next();
  const message = "The answer is an event stream: send the header 'Accept: text/event-stream'.";
  sendError(response, new AppError('INVALID_INPUT', { message }), 406);
};

interface StreamOptions {
  services: Services;
  connections: Connections;
  limits: LiveLimits;
}

/** Answers a subscription with its events, until it ends or its client leaves. The last step. */
export function streamEvents({ services, connections, limits }: StreamOptions): Step {
  return async (request, response) => {
    const viewer = requireTenant(response.locals.viewer);
    const connection = connections.open();
    response.once('close', () => connection.leave());
    if (response.closed) return connection.leave();
    connection.hold(viewer, request.headers);
    const place = { lastEventId: request.get('last-event-id') || null, eventId: null };
    const { requestId } = response.locals;
    const start = { request: request.body as SubscriptionRequest, viewer, requestId, place };
    const results = startSubscription(services, { ...start, transport: 'sse' });
    const onSlow = () => {
      if (!connection.ended.aborted) services.metrics.countSlowClient('sse');
      connection.end(tooSlow());
    };
    const stream = new EventStream(response, { connection, limits, onSlow });
    await stream.run(results, place);
  };
}

/** One stream. Nothing is made before what came before it has been taken, so nothing piles up. */
class EventStream {
  readonly #response: Answer;
  readonly #connection: Connection;
  readonly #limits: LiveLimits;
  readonly #onSlow: () => void;
  /** What has been written is on its way. */
  #taken: () => void = () => {};

  constructor(
    response: Answer,
    { connection, limits, onSlow }: { connection: Connection; limits: LiveLimits; onSlow: () => void },
  ) {
    this.#response = response;
    this.#connection = connection;
    this.#limits = limits;
    this.#onSlow = onSlow;
    response.on('drain', () => this.#taken()).once('close', () => this.#taken());
  }

  async run(opening: Promise<OpenSubscription>, place: StreamPlace): Promise<void> {
    const { ended } = this.#connection;
    this.#begin();
    const heart = setInterval(() => this.#beat(), this.#limits.heartbeatMs);
    try {
      const results = await opening;
      const end = () => void results.return();
      ended.addEventListener('abort', end, { once: true });
      this.#response.once('close', end);
      if (ended.aborted || this.#response.closed) end();
      for await (const result of results) await this.#write(frames.next(result, place.eventId));
    } catch (error) {
      await this.#tell(toErrors(error));
    } finally {
      clearInterval(heart);
    }
    await this.#finish(ended.aborted ? (ended.reason as Ending) : null);
  }

  #begin(): void {
    this.#response.writeHead(200, {
      'Content-Type': 'text/event-stream; charset=utf-8',
      'Cache-Control': 'no-store',
      'X-Accel-Buffering': 'no', // proxies would keep events until they have enough of them
    });
    this.#response.flushHeaders();
  }

  #beat(): void {
    if (!this.#response.writableNeedDrain) this.#response.write(frames.heartbeat);
  }

  /** Resolves when the client has taken it, has left, or is too slow. */
  #write(frame: string): Promise<void> {
    const send = (taken: () => void) => {
      this.#taken = taken;
      if (this.#response.write(frame) || this.#response.closed) taken();
    };
    return sendInTime(send, { slowMs: this.#limits.slowMs, onSlow: this.#onSlow });
  }

  #tell(errors: readonly GraphQLError[]): Promise<void> {
    return this.#write(frames.next({ errors }, null));
  }

  /** A client comes back to a stream that breaks off; one that has ended is complete. */
  async #finish(ending: Ending | null): Promise<void> {
    if (ending?.why === 'stopping') this.#response.write(frames.retry(ending.retryAfterMs ?? 1_000));
    else {
      if (ending) this.#response.write(frames.next({ errors: [toError(ending)] }, null));
      this.#response.write(frames.complete);
    }
    this.#response.end();
    const cut = setTimeout(() => this.#response.destroy(), this.#limits.closeMs);
    this.#response.once('close', () => clearTimeout(cut));
    if (this.#response.closed) clearTimeout(cut);
  }
}

function toErrors(error: unknown): readonly GraphQLError[] {
  if (error instanceof RefusedSubscription) return error.errors;
  if (error instanceof GraphQLError) return [error]; // as the subscription tells it
  throw error;
}

function toError({ code, message, retryAfterMs }: AppError): GraphQLError {
  return new GraphQLError(message, {
    extensions: { code, ...(retryAfterMs !== undefined && { retryAfterMs }) },
  });
}
