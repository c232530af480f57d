import { AppError } from '../errors.ts';
import type { ErrorCode } from '../errors.ts';

/** What the API process sends to a child: first its set-up, then one task at a time. */
export type ToChild<Setup, Task> = { type: 'start'; setup: Setup } | { type: 'task'; id: number; task: Task };

/** What a child answers. After `failed` it ends by itself. */
export type FromChild<Report, Result> =
  | { type: 'ready'; report: Report }
  | { type: 'failed'; error: PlainError }
  | { type: 'result'; id: number; result: Result }
  | { type: 'error'; id: number; error: PlainError };

/** An error that crosses the process boundary. With a code it may be shown to callers, without one it is ours. */
export interface PlainError {
  code?: ErrorCode;
  message: string;
  details?: Record<string, unknown>;
  /** What lay underneath, for the log. */
  cause?: string;
}

export function toPlainError(error: unknown): PlainError {
  if (!(error instanceof AppError)) return { message: String(error) };
  const { code, message, details, cause } = error;
  return { code, message, details, cause: cause === undefined ? undefined : String(cause) };
}

export function fromPlainError({ code, message, details, cause }: PlainError): Error {
  return code ? new AppError(code, { message, details, cause }) : new Error(message, { cause });
}
