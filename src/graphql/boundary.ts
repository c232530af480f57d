import type { ApolloServerPlugin, GraphQLRequestContext } from '@apollo/server';
import type { GraphQLError } from 'graphql';
import type { Context } from '../context.ts';
import { AppError, ERROR_CODES, type ErrorCode } from '../errors.ts';
import { MAX_OPERATION_COST } from '../limits.ts';
import { checkCost, checkOperation } from './check-operation.ts';
import { toClientError, type ClientError } from './client-errors.ts';

/** Statuses that hold whatever the media type: proxies, load balancers and clients act upon them. */
const FIRM_STATUSES: readonly number[] = [401, 403, 413, 429, 500, 503];

/** Refuses operations that ask for too much, says what an operation costs, and in one way what went wrong. */
export const boundary: ApolloServerPlugin<Context> = {
  async requestDidStart() {
    let cost = 0;
    return {
      // The one hook whose errors keep their code.
      async didResolveOperation({ schema, document, operation, request }) {
        if (!operation) return;
        if (operation.operation === 'subscription') throw subscriptionElsewhere();
        cost = checkOperation({ schema, document, operation, variables: request.variables ?? {} });
        checkCost(cost);
      },
      async willSendResponse(request) {
        if (request.errors?.length) answerErrors(request, request.errors);
        tellCost(request, cost);
      },
    };
  },
};

function subscriptionElsewhere(): AppError {
  return new AppError('INVALID_INPUT', {
    message:
      'Subscriptions are served by WebSocket (graphql-ws, at this path) and as server-sent events (graphql-sse, at graphql/stream).',
  });
}

/** `extensions.cost` of every answer; 0 where there was no operation to count. */
function tellCost({ response }: GraphQLRequestContext<Context>, requested: number): void {
  if (response.body?.kind !== 'single') return;
  const result = response.body.singleResult;
  const remaining = Math.max(0, MAX_OPERATION_COST - requested);
  result.extensions = { ...result.extensions, cost: { requested, limit: MAX_OPERATION_COST, remaining } };
}

function answerErrors(
  { contextValue, response }: GraphQLRequestContext<Context>,
  errors: readonly GraphQLError[],
): void {
  if (response.body?.kind !== 'single') return;
  const clientErrors = errors.map((error) => toClientError(error, contextValue.requestId));
  for (const { fault, formatted } of clientErrors) if (fault) logFault(contextValue, fault, formatted.path);
  const result = response.body.singleResult;
  result.errors = clientErrors.map(({ formatted }) => formatted);

  const { code, retryAfterMs } = gravest(clientErrors);
  response.http.status = hasData(result.data) ? 200 : statusOf(code, contextValue.mediaType);
  if (retryAfterMs !== undefined)
    response.http.headers.set('retry-after', String(Math.ceil(retryAfterMs / 1000)));
}

function logFault({ logger, signal }: Context, fault: unknown, path: unknown): void {
  if (signal.aborted) logger.info({ err: fault, path }, 'the client left before it was answered');
  else logger.error({ err: fault, path }, 'a request failed');
}

function gravest(errors: ClientError[]): ClientError {
  return errors.reduce((worst, error) => (tableStatusOf(error) > tableStatusOf(worst) ? error : worst));
}

const tableStatusOf = ({ code }: { code: ErrorCode }) => ERROR_CODES[code].httpStatus;

/** Partial data is an answer, and so is a field that is null where another is not. */
function hasData(data: Record<string, unknown> | null | undefined): boolean {
  return Object.values(data ?? {}).some((value) => value !== null);
}

/** GraphQL over HTTP: under application/json a well-formed request is 200 even where its document is refused. */
function statusOf(code: ErrorCode, mediaType: Context['mediaType']): number {
  const status = tableStatusOf({ code });
  return mediaType === 'application/json' && !FIRM_STATUSES.includes(status) ? 200 : status;
}
