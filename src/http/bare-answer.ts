import { ServerResponse, type IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { ErrorCode } from '../errors.ts';
import { SECURITY_HEADERS } from './security-headers.ts';

export interface BareError {
  status: number;
  code: ErrorCode;
  message: string;
  retryAfterMs?: number;
}

/** Answers what no route is asked for, in the shape of every other failure. Such a request has no id: nothing is logged. */
export function answerBare(
  response: ServerResponse,
  { status, retryAfterMs, message, code }: BareError,
): void {
  const extensions = { code, ...(retryAfterMs !== undefined && { retryAfterMs }) };
  const body = JSON.stringify({ errors: [{ message, extensions }] });
  response.writeHead(status, {
    ...SECURITY_HEADERS,
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(body),
    ...(retryAfterMs !== undefined && { 'Retry-After': String(Math.ceil(retryAfterMs / 1000)) }),
  });
  response.end(body);
}

/** What answers a request to become a WebSocket that is refused: then its connection ends. */
export function answerUpgrade(request: IncomingMessage, socket: Socket): ServerResponse {
  const response = new ServerResponse(request);
  response.shouldKeepAlive = false;
  response.assignSocket(socket);
  response.once('finish', () => socket.end());
  return response;
}
