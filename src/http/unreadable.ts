import { STATUS_CODES, type Server } from 'node:http';
import type { Duplex } from 'node:stream';

/** What Node's parser says of bytes that are no request, and the status that it stands for. */
const STATUSES: Record<string, number> = { HPE_HEADER_OVERFLOW: 431, ERR_HTTP_REQUEST_TIMEOUT: 408 };

/**
 * Answers bytes that never became a request in the shape of every other failure, and closes the connection. Where a
 * request before them still has no answer, there is none: it would be taken for that of the request.
 */
export function createUnreadableAnswer(
  server: Server,
): (error: NodeJS.ErrnoException, socket: Duplex) => void {
  const busy = new WeakSet<Duplex>();
  server.on('request', ({ socket }, response) => {
    busy.add(socket);
    response.once('close', () => busy.delete(socket));
  });
  return ({ code }, socket) => {
    const isForeign = busy.has(socket) && code !== 'ERR_HTTP_REQUEST_TIMEOUT'; // which is the request's own
    if (!socket.writable || isForeign || code === 'ECONNRESET') socket.destroy();
    else socket.end(write(STATUSES[code ?? ''] ?? 400));
  };
}

function write(status: number): string {
  const reason = STATUS_CODES[status]!;
  const message = `The request cannot be read (${reason.toLowerCase()}).`;
  const body = JSON.stringify({ errors: [{ message, extensions: { code: 'INVALID_INPUT' } }] });
  const head = [
    `HTTP/1.1 ${status} ${reason}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  return `${head.join('\r\n')}\r\n\r\n${body}`;
}
