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
/** SQLSTATE: shutting down, crashed, starting up; connection exceptions; no disk, memory or connection left. */
const SQLSTATES = /^(57P0[1-5]|08\d{3}|53[123]00)$/;
/** What the adapter throws where Prisma does not translate it, as when a transaction cannot begin. */
const ADAPTER_KINDS = new Set([
  'ConnectionClosed',
  'DatabaseNotReachable',
  'SocketTimeout',
  'TooManyConnections',
]);
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
  meta?: { driverAdapterError?: { cause?: AdapterCause } };
  cause?: AdapterCause;
  /** Every error of Prisma has it. */
  clientVersion?: string;
}

interface AdapterCause {
  kind?: string;
  originalCode?: string;
}

function isUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code = '', syscall = '', message = '', meta, cause, clientVersion } = error as ErrorFields;
  // P2028 says two things: no connection in time (ours), or the transaction took too long (a bug, not overload).
  if (code === 'P2028') return message.includes('Unable to start a transaction in the given time');
  // Not of a file that the work did not find. Prisma keeps the code of a broken connection, not the call.
  if (SYSTEM_CODES.has(code)) return SYSTEM_CALLS.has(syscall) || clientVersion !== undefined;
  const { kind = '', originalCode = code } = meta?.driverAdapterError?.cause ?? cause ?? {};
  return (
    PRISMA_CODES.has(code) ||
    ADAPTER_KINDS.has(kind) ||
    SQLSTATES.test(originalCode) ||
    MESSAGES.test(message)
  );
}
