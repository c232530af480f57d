import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { ConfigError } from '../config.ts';
import { answerBare, answerUpgrade } from './bare-answer.ts';
import { mountAt } from './base-path.ts';
import { createUnreadableAnswer } from './unreadable.ts';

/** A request to become a WebSocket. */
export interface Upgrade {
  socket: Socket;
  /** What came behind the request. */
  head: Buffer;
  /** Answers where it is refused; else it is detached from the socket. */
  response: ServerResponse;
}
export type UpgradeListener = (request: IncomingMessage, upgrade: Upgrade) => void;

export interface Listening {
  url: string;
  /** From now on requests are answered by these; until then, with 503. */
  serve(handler: RequestListener, upgrade: UpgradeListener): void;
  /** Takes no new connection, lets requests in flight be answered, cuts what is left after `graceMs`. Idempotent. */
  stop(): Promise<void>;
}

export interface ListenOptions {
  host: string;
  port: number;
  /** What the path of every URL begins with; default: nothing. */
  basePath?: string;
  /** Default 25,000: below the 30 seconds after which orchestrators kill. */
  graceMs?: number;
  /** Default: three minutes, which no request takes. */
  silenceMs?: number;
}

/** A client that sends its headers, or its whole request, more slowly than this is cut off. */
const HEADERS_LIMIT_MS = 20_000;
const REQUEST_LIMIT_MS = 300_000;
/** So long a client that is done may be silent: longer than balancers keep a connection, or they lose requests to it. */
const KEEP_ALIVE_MS = 65_000;

/** Takes the port, before anything slow is started. Throws ConfigError where it is taken or not ours. */
export async function listen({
  host,
  port,
  basePath = '',
  graceMs = 25_000,
  silenceMs = 180_000,
}: ListenOptions): Promise<Listening> {
  let handle: RequestListener = answerStarting;
  let upgrade: UpgradeListener = (request, { response }) => answerStarting(request, response);
  const server = createServer(
    {
      headersTimeout: HEADERS_LIMIT_MS,
      requestTimeout: REQUEST_LIMIT_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      // Some clients offer HTTP/2 with every request, and take HTTP/1 as well.
      shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === 'websocket',
    },
    mountAt(basePath, (request, response) => handle(request, response)),
  );
  server.setTimeout(silenceMs); // of a connection on which nothing moves: its client does not read
  server.on('upgrade', (request, socket: Socket, head) => {
    socket.on('error', () => {}); // it may break before anybody has taken it over
    const mounted = mountAt(basePath, (_, response) => upgrade(request, { socket, head, response }));
    mounted(request, answerUpgrade(request, socket));
  });
  server.on('clientError', createUnreadableAnswer(server));
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(toConfigError(error, host, port)));
    server.listen(port, host, resolve);
  });
  return {
    url: `http://${hostOf(host)}:${(server.address() as AddressInfo).port}${basePath}`,
    serve(handler, onUpgrade) {
      handle = handler;
      upgrade = onUpgrade;
    },
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      // A connection that is answered while we drain would be kept alive for more requests, and keep us waiting.
      const idle = setInterval(() => server.closeIdleConnections(), 20);
      const timer = setTimeout(() => server.closeAllConnections(), graceMs);
      await closed;
      clearInterval(idle);
      clearTimeout(timer);
    },
  };
}

/** The process lives, and is not ready. */
const answerStarting: RequestListener = ({ url }, response) => {
  if (url === '/livez') {
    response.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8' }).end('{"status":"live"}');
    return;
  }
  const message = 'The server is starting: try again in a moment.';
  answerBare(response, { status: 503, code: 'OVERLOADED', message, retryAfterMs: 1_000 });
};

/** As it stands in a URL; of all addresses, the one that is sure to be ours. */
function hostOf(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

function toConfigError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const reasons: Record<string, string> = {
    EADDRINUSE: 'another process listens there',
    EACCES: 'this process may not listen there',
    EADDRNOTAVAIL: 'the address is not one of this machine',
    ENOTFOUND: 'there is no such host',
  };
  const reason = reasons[error.code ?? ''];
  if (!reason) return error;
  return new ConfigError(
    `Cannot listen on ${host}:${port}: ${reason}. Choose other values of HOST and PORT (0: any free port).`,
    { cause: error },
  );
}
