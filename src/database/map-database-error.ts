import { AppError } from '../errors.ts';

/** Prisma: unreachable, server closed the connection, no connection in time; node: the same below Prisma. */
const UNAVAILABLE_CODES = new Set([
  'P1001',
  'P1002',
  'P1008',
  'P1017',
  'P2024',
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
/** SQLSTATE: shutting down, crashed, starting up; connection exceptions; too many connections. */
const UNAVAILABLE_SQLSTATE = /^(57P0[1-5]|08\d{3}|53300)$/;

const RETRY_AFTER_MS = 1_000;

/**
 * Turns 'the database cannot serve this now' into OVERLOADED, which callers may retry; any other error comes back
 * as it is. The message names no host: the cause does, for the log.
 */
export function mapDatabaseError(error: unknown): unknown {
  if (error instanceof AppError || !isUnavailable(error)) return error;
  return new AppError('OVERLOADED', {
    message: 'The database cannot take this request now: try again in a moment.',
    retryAfterMs: RETRY_AFTER_MS,
    cause: error,
  });
}

function isUnavailable(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > 4) return false;
  const {
    code,
    message = '',
    cause,
    meta,
  } = error as {
    code?: unknown;
    message?: string;
    cause?: unknown;
    meta?: { driverAdapterError?: unknown };
  };
  const { originalCode, kind } = error as { originalCode?: unknown; kind?: unknown };
  // P2028 says two things: no connection in time (ours), or the transaction took too long (a bug, not overload).
  if (code === 'P2028') return message.includes('Unable to start a transaction in the given time');
  for (const one of [code, originalCode]) {
    if (typeof one === 'string' && (UNAVAILABLE_CODES.has(one) || UNAVAILABLE_SQLSTATE.test(one)))
      return true;
  }
  if (kind === 'DatabaseNotReachable' || kind === 'ConnectionClosed' || kind === 'SocketTimeout') return true;
  if (
    message.includes('Connection terminated') ||
    message.includes('timeout exceeded when trying to connect')
  ) {
    return true;
  }
  return isUnavailable(cause, depth + 1) || isUnavailable(meta?.driverAdapterError, depth + 1);
}
