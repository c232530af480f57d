import { ApolloServerErrorCode } from '@apollo/server/errors';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { AppError, type ErrorCode } from '../errors.ts';

/** What a caller is told of one error, and what of it is our own fault. */
export interface ClientError {
  code: ErrorCode;
  formatted: GraphQLFormattedError;
  retryAfterMs: number | undefined;
  /** The error to log, where the caller is told INTERNAL only. */
  fault: unknown;
}

const MAX_MESSAGE_LENGTH = 600;

/** Refusals of graphql and Apollo themselves: their messages speak of the caller's document and variables. */
const REFUSALS = new Set<unknown>([
  ApolloServerErrorCode.GRAPHQL_PARSE_FAILED,
  ApolloServerErrorCode.GRAPHQL_VALIDATION_FAILED,
  ApolloServerErrorCode.BAD_USER_INPUT,
  ApolloServerErrorCode.BAD_REQUEST,
  ApolloServerErrorCode.OPERATION_RESOLUTION_FAILURE,
  ApolloServerErrorCode.PERSISTED_QUERY_NOT_SUPPORTED,
]);

/**
 * The boundary: an AppError passes as it is, a refusal of graphql becomes INVALID_INPUT or COST_LIMIT, and all else
 * is masked as INTERNAL with the request id that finds its cause in the log.
 */
export function toClientError(error: GraphQLError, requestId: string | undefined): ClientError {
  const { path, locations } = error.toJSON();
  const root = rootCause(error);
  const answer = root instanceof AppError ? root : toRefusal(error);
  const code = answer?.code ?? 'INTERNAL';
  const message = shorten(answer?.message ?? 'The server failed. The request id finds the cause in its log.');
  return {
    code,
    formatted: {
      message,
      ...(locations && { locations }),
      ...(path && { path }),
      extensions: {
        code,
        ...(requestId !== undefined && { requestId }),
        ...(answer?.retryAfterMs !== undefined && { retryAfterMs: answer.retryAfterMs }),
        ...(answer?.details && { details: answer.details }),
      },
    },
    retryAfterMs: answer?.retryAfterMs,
    fault: code === 'INTERNAL' ? (root instanceof AppError ? (root.cause ?? root) : root) : undefined,
  };
}

/** A message may quote what came, and that may be anything. */
function shorten(message: string): string {
  return message.length <= MAX_MESSAGE_LENGTH ? message : `${message.slice(0, MAX_MESSAGE_LENGTH)}…`;
}

function rootCause(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError ? rootCause(error.originalError) : error;
}

function toRefusal({ message, extensions, originalError }: GraphQLError): AppError | undefined {
  if (extensions.appCode === 'COST_LIMIT') return new AppError('COST_LIMIT', { message });
  if (message.includes('Document contains more that')) {
    return new AppError('COST_LIMIT', {
      message: message.replace('Syntax Error: ', '').replace('more that', 'more than'),
    });
  }
  if (message.startsWith('Too many errors processing variables')) {
    return new AppError('INVALID_INPUT', { message }); // graphql gives it no code, unlike each of those errors
  }
  // Bad arguments that only show at execution, such as a @oneOf object filled from variables, carry no code.
  const isArgument =
    (originalError === undefined || originalError instanceof GraphQLError) &&
    message.startsWith('Argument "');
  return isArgument || REFUSALS.has(extensions.code) ? new AppError('INVALID_INPUT', { message }) : undefined;
}
