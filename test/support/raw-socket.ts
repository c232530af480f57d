import { WebSocket, type ClientOptions } from 'ws';
import { socketUrl } from './live-client.ts';
import { until } from './poll.ts';

export interface SocketMessage {
  type: string;
  id?: string;
  payload?: { extensions?: { code?: string } }[];
}

/** A WebSocket whose protocol a test speaks itself. */
export interface RawSocket {
  socket: WebSocket;
  messages: SocketMessage[];
  /** Code and reason of its end; status and error code where it never began. */
  closed: Promise<string>;
  send(message: object): void;
  /** The code of the error that ends a subscription. */
  errorOf(id: string): Promise<string | undefined>;
  stop(): void;
}

/** Opens one, and says nothing. `path`: behind that of the endpoint. */
export function openRaw(
  url: string,
  { path = '', ...options }: ClientOptions & { path?: string } = {},
): RawSocket {
  const socket = new WebSocket(`${socketUrl(url)}${path}`, 'graphql-transport-ws', options);
  const messages: SocketMessage[] = [];
  socket.on('error', () => {}); // its close says what a test wants to know
  socket.on('message', (data) => void messages.push(JSON.parse(String(data)) as SocketMessage));
  const closed = new Promise<string>((resolve) => {
    socket.once('close', (code, reason) => resolve(`${code} ${String(reason)}`));
    socket.once('unexpected-response', (_, response) => {
      let text = '';
      response.on('data', (piece: Buffer) => (text += String(piece)));
      response.once('end', () => {
        const { errors } = JSON.parse(text) as { errors: { extensions: { code: string } }[] };
        resolve(`${response.statusCode} ${errors[0]!.extensions.code}`);
        socket.terminate();
      });
    });
  });
  const findError = (id: string) => messages.find((message) => message.type === 'error' && message.id === id);
  return {
    socket,
    messages,
    closed,
    send: (message) => socket.send(JSON.stringify(message)),
    errorOf: async (id) => (await until('it is refused', () => findError(id))).payload![0]!.extensions!.code,
    stop: () => socket.terminate(),
  };
}

/** Opens one that has said whose it is. */
export async function openAs(url: string, key: string, options: ClientOptions = {}): Promise<RawSocket> {
  const raw = openRaw(url, options);
  raw.socket.once('open', () =>
    raw.send({ type: 'connection_init', payload: { authorization: `Bearer ${key}` } }),
  );
  await until('it is accepted', () => raw.messages.some(({ type }) => type === 'connection_ack'));
  return raw;
}
