import type { NextFunction, Request } from 'express';
import { AppError, ERROR_CODES } from '../errors.ts';
import type { Answer, Step } from './locals.ts';

/** Refuses a request before GraphQL has seen it, in the shape of a GraphQL error. */
export function sendError(
  response: Answer,
  { code, message, retryAfterMs, details }: AppError,
  status: number = ERROR_CODES[code].httpStatus,
): void {
  const { requestId } = response.locals;
  response.status(status);
  if (retryAfterMs !== undefined) response.set('Retry-After', String(Math.ceil(retryAfterMs / 1000)));
  if (status === 401) response.set('WWW-Authenticate', 'Bearer realm="taxolens"');
  const extensions = {
    code,
    requestId,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(details && { details }),
  };
  response.json({ errors: [{ message, extensions }] });
}

export const notFound: Step = ({ path }, response) => {
  const message = `There is nothing at ${path.slice(0, 200)}; the API is POST /graphql.`;
  sendError(response, new AppError('NOT_FOUND', { message }));
};

/** The last step: every failure is JSON, and none shows its insides. */
export function answerError(error: unknown, _request: Request, response: Answer, next: NextFunction): void {
  if (response.headersSent) return next(error);
  if (error instanceof AppError) {
    if (error.cause) response.locals.logger.warn({ err: error.cause }, error.message);
    return sendError(response, error, error.code === 'COST_LIMIT' ? 413 : undefined);
  }
  const { status } = error as { status?: unknown };
  if (typeof status === 'number' && status >= 400 && status < 500) {
    // Of Express itself, about the path: it is not decodable, or leads out of the files that are served.
    return sendError(response, new AppError('NOT_FOUND', { message: 'There is nothing at this path.' }));
  }
  response.locals.logger.error({ err: error }, 'a request failed');
  const answer = 'The server failed. The request id finds the cause in its log.';
  sendError(response, new AppError('INTERNAL', { message: answer }));
}
