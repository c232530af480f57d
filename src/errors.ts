/** Everything that a caller can be told went wrong. The same names stand in the GraphQL enum `ErrorCode`. */
export type ErrorCode =
  | 'UNAUTHENTICATED'
  | 'FORBIDDEN'
  | 'NOT_FOUND'
  | 'INVALID_INPUT'
  | 'NAME_TAKEN'
  | 'REVISION_CONFLICT'
  | 'IDEMPOTENCY_CONFLICT'
  | 'IDEMPOTENCY_IN_PROGRESS'
  | 'TAXONOMY_NOT_PUBLISHED'
  | 'TAXONOMY_EMPTY'
  | 'LABEL_CYCLE'
  | 'MODEL_NOT_AVAILABLE'
  | 'IMAGE_TOO_LARGE'
  | 'IMAGE_UNSUPPORTED'
  | 'IMAGE_CORRUPT'
  | 'IMAGE_FETCH_FAILED'
  | 'URL_NOT_ALLOWED'
  | 'OVERLOADED'
  | 'RATE_LIMITED'
  | 'QUOTA_EXCEEDED'
  | 'DEADLINE_EXCEEDED'
  | 'COST_LIMIT'
  | 'INTERNAL';

/**
 * How a code travels when the whole request fails with it: the HTTP status, and the channel it belongs to.
 * `request`: the request cannot be served (a GraphQL error); `input`: the caller mends it (a userError);
 * `image`: one image of many (a ClassificationError).
 */
export const ERROR_CODES = {
  UNAUTHENTICATED: { httpStatus: 401, channel: 'request' },
  FORBIDDEN: { httpStatus: 403, channel: 'request' },
  NOT_FOUND: { httpStatus: 404, channel: 'input' },
  INVALID_INPUT: { httpStatus: 400, channel: 'input' },
  NAME_TAKEN: { httpStatus: 409, channel: 'input' },
  REVISION_CONFLICT: { httpStatus: 409, channel: 'input' },
  IDEMPOTENCY_CONFLICT: { httpStatus: 422, channel: 'input' },
  IDEMPOTENCY_IN_PROGRESS: { httpStatus: 409, channel: 'input' },
  TAXONOMY_NOT_PUBLISHED: { httpStatus: 409, channel: 'input' },
  TAXONOMY_EMPTY: { httpStatus: 409, channel: 'input' },
  LABEL_CYCLE: { httpStatus: 400, channel: 'input' },
  MODEL_NOT_AVAILABLE: { httpStatus: 409, channel: 'input' },
  IMAGE_TOO_LARGE: { httpStatus: 413, channel: 'image' },
  IMAGE_UNSUPPORTED: { httpStatus: 415, channel: 'image' },
  IMAGE_CORRUPT: { httpStatus: 422, channel: 'image' },
  IMAGE_FETCH_FAILED: { httpStatus: 502, channel: 'image' },
  URL_NOT_ALLOWED: { httpStatus: 400, channel: 'image' },
  OVERLOADED: { httpStatus: 503, channel: 'request' },
  RATE_LIMITED: { httpStatus: 429, channel: 'request' },
  QUOTA_EXCEEDED: { httpStatus: 429, channel: 'request' },
  DEADLINE_EXCEEDED: { httpStatus: 503, channel: 'request' },
  COST_LIMIT: { httpStatus: 400, channel: 'request' },
  INTERNAL: { httpStatus: 500, channel: 'request' },
} as const satisfies Record<ErrorCode, { httpStatus: number; channel: 'request' | 'input' | 'image' }>;

export interface AppErrorOptions {
  /** What was expected, what came, and the remedy. Shown to callers as it stands. */
  message: string;
  /** Path into the input of the mutation, for a userError: `['labels', '3', 'key']`. */
  path?: string[];
  /** Milliseconds after which the same request may succeed: sent as `retryAfterMs` and Retry-After. */
  retryAfterMs?: number | undefined;
  /** Machine-readable facts beside the message, such as the current revision. Shown to callers. */
  details?: Record<string, unknown>;
  /** The error underneath, for the log only. */
  cause?: unknown;
}

/** The one error that callers may see. Whatever else is thrown reaches them as INTERNAL with a request id. */
export class AppError extends Error {
  readonly code: ErrorCode;
  /** Not `path`: graphql takes an error with one for its own, and would not say where in the answer it arose. */
  readonly inputPath: string[];
  readonly retryAfterMs: number | undefined;
  readonly details: Record<string, unknown> | undefined;

  constructor(code: ErrorCode, { message, path = [], retryAfterMs, details, cause }: AppErrorOptions) {
    super(message, { cause });
    this.name = 'AppError';
    this.code = code;
    this.inputPath = path;
    this.retryAfterMs = retryAfterMs;
    this.details = details;
  }

  get channel(): 'request' | 'input' | 'image' {
    return ERROR_CODES[this.code].channel;
  }
}
