import { AppError } from '../errors.ts';

/** Prisma: unreachable (twice), timed out, connection closed by the server, no connection in time. */
const PRISMA_CODES = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024']);
/** The same from below Prisma, which does not translate all of them. ENOENT: the socket is not there. */
const SYSTEM_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOENT',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
const SYSTEM_CALLS = new Set(['connect', 'read', 'write', 'getaddrinfo']);
/** SQLSTATE: shutting down, crashed, starting up; connection exceptions; too many connections. */
const SQLSTATES = /^(57P0[1-5]|08\d{3}|53300)$/;
/** pg gives these no code. */
const MESSAGES =
  /^Connection terminated|^Client has encountered a connection error|^timeout exceeded when trying to connect/;

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

/** The fields by which the errors of Prisma, its adapter, pg and Node can be told apart. */
interface ErrorFields {
  code?: string;
  syscall?: string;
  message?: string;
  meta?: { driverAdapterError?: { cause?: { originalCode?: string } } };
}

function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code = '', syscall = '', message = '', meta } = error as ErrorFields;
  // P2028 says two things: no connection in time (ours), or the transaction took too long (a bug, not overload).
  if (code === 'P2028') return message.includes('Unable to start a transaction in the given time');
  if (SYSTEM_CODES.has(code)) return SYSTEM_CALLS.has(syscall); // not of a file that the work did not find
  const sqlState = meta?.driverAdapterError?.cause?.originalCode ?? code;
  return PRISMA_CODES.has(code) || SQLSTATES.test(sqlState) || MESSAGES.test(message);
}
