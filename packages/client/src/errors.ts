import type { ErrorCode } from './schema.generated.ts';

/** A mistake in the input; an operation of the caller's own may select less of it than the client's do. */
export interface UserError {
  code: ErrorCode;
  message?: string;
  path?: readonly string[];
  details?: Record<string, unknown> | null;
}

/**
 * What a request can end with: a code of the API, NO_ANSWER where nothing that GraphQL speaks came back, or
 * PUBLISH_FAILED where a version cannot become READY.
 */
export type FailureCode = ErrorCode | 'NO_ANSWER' | 'PUBLISH_FAILED';

export interface FailureFacts {
  /** The HTTP status; undefined where no answer came. */
  status?: number | undefined;
  /** Finds the request in the server's log. */
  requestId?: string | undefined;
  /** Milliseconds after which the same request may succeed. */
  retryAfterMs?: number | undefined;
  /** Facts of the message for programs. */
  details?: Record<string, unknown> | undefined;
  /** What was answered beside the error, where it was. */
  data?: unknown;
  cause?: unknown;
}

/** The request could not be served: credential, limits, overload, a fault of the server or of the network. */
export class TaxolensError extends Error {
  readonly code: FailureCode;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly retryAfterMs: number | undefined;
  readonly details: Record<string, unknown> | undefined;
  readonly data: unknown;

  constructor(code: FailureCode, message: string, facts: FailureFacts = {}) {
    super(message, { cause: facts.cause });
    this.name = 'TaxolensError';
    this.code = code;
    this.status = facts.status;
    this.requestId = facts.requestId;
    this.retryAfterMs = facts.retryAfterMs;
    this.details = facts.details;
    this.data = facts.data;
  }
}

/** The input must be mended: the same request, unchanged, fails again. `code` is that of the first mistake. */
export class TaxolensUserError extends TaxolensError {
  readonly userErrors: readonly UserError[];

  constructor(userErrors: readonly UserError[]) {
    const [first] = userErrors as [UserError];
    const lines = userErrors.map(({ message, path }) =>
      [path?.join('.'), message].filter(Boolean).join(': '),
    );
    super(first.code, lines.join('\n'), { details: first.details ?? undefined });
    this.name = 'TaxolensUserError';
    this.userErrors = userErrors;
  }
}

/** The payload of a mutation. Throws TaxolensUserError where it has user errors. */
export function unwrap<Payload extends { userErrors: readonly UserError[] }>(payload: Payload): Payload {
  if (payload.userErrors.length > 0) throw new TaxolensUserError(payload.userErrors);
  return payload;
}
