import { AppError } from '../errors.ts';

/** Why the server ends a connection, and the close code of its WebSocket; clients of graphql-ws come back after each. */
export const CLOSE_CODES = {
  /** "Service restart". */
  stopping: 1012,
  /** "Try again later". */
  slow: 1013,
  full: 1013,
  /** The credential has ended: a client with a new one is welcome. */
  credential: 4403,
};

export type Why = keyof typeof CLOSE_CODES;

/** The end of a connection, as a client is told. */
export class Ending extends AppError {
  readonly why: Why;

  constructor(why: Why, { code, message, retryAfterMs }: AppError) {
    super(code, { message, ...(retryAfterMs !== undefined && { retryAfterMs }) });
    this.why = why;
  }

  get closeCode(): number {
    return CLOSE_CODES[this.why];
  }
}

export function stopping(): Ending {
  const message = 'The server stops: connect again, to another one or to this one in a moment.';
  return new Ending('stopping', new AppError('OVERLOADED', { message, retryAfterMs: 1_000 }));
}

export function tooSlow(): Ending {
  const message =
    'The client has not taken what it was sent. Connect again; `after` takes classificationCreated up where it was.';
  return new Ending('slow', new AppError('OVERLOADED', { message, retryAfterMs: 1_000 }));
}

/** What fits into the close frame of a WebSocket: 123 bytes. */
export function closeReason({ code, message }: AppError): string {
  return Buffer.from(`${code}: ${message}`)
    .subarray(0, 120)
    .toString('utf8')
    .replace(/\uFFFD+$/, '');
}
