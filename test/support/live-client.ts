import type { ExecutionResult } from 'graphql';
import { createClient as createSocketClient, type Client as SocketClient } from 'graphql-ws';
import { WebSocket, type ClientOptions } from 'ws';

/** One subscription as a test sees it, over either transport. */
export interface Subscriber {
  /** Results in order, as they have come so far. */
  received: ExecutionResult<Record<string, never>>[];
  /** The ids of server-sent events. */
  ids: string[];
  /** Comments of the stream. */
  comments: number;
  /** How it ended: `complete`, or `broken`; with the close code of a WebSocket. */
  ended: Promise<string>;
  stop(): void;
}

export interface SubscribeRequest {
  query: string;
  variables?: Record<string, unknown>;
  key: string;
  headers?: Record<string, string>;
}

export type Subscribe = (url: string, request: SubscribeRequest) => Subscriber;

/** A graphql-ws client that does not come back by itself. */
export function connectSocket(url: string, key: string, options: ClientOptions = {}): SocketClient {
  return createSocketClient({
    url: socketUrl(url),
    connectionParams: { authorization: `Bearer ${key}` },
    retryAttempts: 0,
    webSocketImpl: class extends WebSocket {
      constructor(address: string, protocols: string[]) {
        super(address, protocols, options);
      }
    },
  });
}

export const socketUrl = (url: string): string => `${url.replace('http', 'ws')}/graphql`;

export const overSocket: Subscribe = (url, { query, variables, key, headers }) => {
  const client = connectSocket(url, key, { headers: headers ?? {} });
  const received: Subscriber['received'] = [];
  const { promise: ended, resolve } = Promise.withResolvers<string>();
  client.subscribe<Record<string, never>>(
    { query, variables: variables ?? {} },
    {
      next: (result) => void received.push(result as Subscriber['received'][number]),
      error(error) {
        if (Array.isArray(error)) {
          received.push({ errors: error });
          resolve('complete');
        } else {
          const { code, reason, message } = error as { code?: number; reason?: string; message?: string };
          resolve(`broken ${code === undefined ? message : `${code}: ${reason}`}`);
        }
      },
      complete: () => resolve('complete'),
    },
  );
  return { received, ids: [], comments: 0, ended, stop: () => void client.dispose() };
};

export const overSse: Subscribe = (url, { query, variables, key, headers }) => {
  const leaving = new AbortController();
  const subscriber: Subscriber = {
    received: [],
    ids: [],
    comments: 0,
    ended: read(),
    stop: () => leaving.abort(),
  };
  async function read(): Promise<string> {
    const response = await fetch(`${url}/graphql/stream`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        accept: 'text/event-stream',
        ...headers,
      },
      body: JSON.stringify({ query, variables }),
      signal: leaving.signal,
    });
    if (!response.headers.get('content-type')?.startsWith('text/event-stream')) {
      subscriber.received.push((await response.json()) as Subscriber['received'][number]);
      return `refused ${response.status}`;
    }
    let text = '';
    for await (const piece of response.body!.pipeThrough(new TextDecoderStream())) {
      text += piece;
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        if (take(text.slice(0, end))) return 'complete';
        text = text.slice(end + 2);
      }
    }
    return 'broken';
  }
  /** Whether it was the last event. */
  function take(frame: string): boolean {
    if (frame.startsWith(':')) subscriber.comments += 1;
    const fields = new Map(frame.split('\n').map((line) => line.split(/: ?(.*)/s, 2) as [string, string]));
    if (fields.get('event') === 'complete') return true;
    if (fields.has('id')) subscriber.ids.push(fields.get('id')!);
    if (fields.get('event') === 'next') subscriber.received.push(JSON.parse(fields.get('data')!));
    return false;
  }
  subscriber.ended = subscriber.ended.catch((error: unknown) => `broken: ${String(error)}`);
  return subscriber;
};

export const TRANSPORTS: [string, Subscribe][] = [
  ['graphql-ws', overSocket],
  ['graphql-sse', overSse],
];

/** The codes of all errors that have come. */
export function codesOf({ received }: Subscriber): unknown[] {
  return received.flatMap(({ errors = [] }) => errors.map(({ extensions }) => extensions?.code));
}
