import type { Server } from 'graphql-ws';
import type { Logger } from 'pino';
import type { WebSocket } from 'ws';
import type { LiveLimits } from './connections.ts';
import { closeReason, tooSlow, type Ending } from './endings.ts';
import { sendInTime } from './send-in-time.ts';
import type { SocketExtra } from './socket-server.ts';

interface SocketOptions {
  server: Server<SocketExtra>;
  limits: LiveLimits;
  logger: Pick<Logger, 'error'>;
  /** Called once for a client that does not take what it is sent. */
  onSlow: () => void;
}

/** Speaks the protocol on one WebSocket until either side ends it, and bounds what waits for its client. */
export function serveSocket(extra: SocketExtra, { server, limits, logger, onSlow }: SocketOptions): void {
  const { socket, connection } = extra;
  const slow = () => {
    if (!connection.ended.aborted) onSlow();
    connection.end(tooSlow());
  };
  const closed = server.opened(
    {
      protocol: socket.protocol,
      send: (text) =>
        sendInTime((taken) => (socket.readyState === socket.OPEN ? socket.send(text, taken) : taken()), {
          slowMs: limits.slowMs,
          onSlow: slow,
        }),
      close: (code, reason) => socket.close(code, reason),
      onMessage: (handle) =>
        socket.on('message', (data) => {
          handle(String(data)).catch((error: unknown) => {
            logger.error({ err: error }, 'a WebSocket failed');
            socket.close(4500, 'Internal server error');
          });
        }),
    },
    extra,
  );
  // Answers pile up for a client that asks and does not read.
  const look = () => void (socket.bufferedAmount > limits.waitingBytes && slow());
  socket.on('message', look).on('ping', look);
  socket.on('error', () => {}); // what breaks the protocol is closed by the library, and what breaks off is closed
  const heart = beat(socket, limits.heartbeatMs);
  const closing = () => {
    clearInterval(heart); // it has its time to take what was sent before, and the reason
    closeWith(extra, connection.ended.reason as Ending);
  };
  connection.ended.addEventListener('abort', closing, { once: true });
  socket.once('close', (code: number, reason: Buffer) => {
    clearInterval(heart);
    connection.leave();
    void closed(code, String(reason));
  });
}

/** Pings, and gives a client up that has not answered the ping before. */
function beat(socket: WebSocket, everyMs: number): NodeJS.Timeout {
  let isAlive = true;
  socket.on('pong', () => (isAlive = true));
  return setInterval(() => {
    if (!isAlive) return socket.terminate();
    isAlive = false;
    socket.ping();
  }, everyMs);
}

/** The other endings leave subscriptions to clients, which open them again by themselves. */
function closeWith({ socket, open }: SocketExtra, ending: Ending): void {
  for (const results of open.values()) void results.return();
  if (ending.why === 'slow') {
    const { code, message, retryAfterMs } = ending;
    const payload = [{ message, extensions: { code, retryAfterMs } }];
    for (const id of open.keys()) socket.send(JSON.stringify({ id, type: 'error', payload }));
  }
  socket.close(ending.closeCode, closeReason(ending));
}
