import { ApolloServerErrorCode } from '@apollo/server/errors';
import { GraphQLError, subscribe, type ExecutionArgs, type ExecutionResult } from 'graphql';
import type { Context } from '../context.ts';
import { EXECUTION_OPTIONS } from './check-operation.ts';
import { toClientError } from './client-errors.ts';
import {
  prepareSubscription,
  refusedBy,
  RefusedSubscription,
  withCode,
  type SubscriptionRequest,
} from './prepare-subscription.ts';
import { executableSchema } from './schema.ts';

/** Results one after the other: each is made when it is asked for. Their errors are as clients are told. */
export type OpenSubscription = AsyncGenerator<ExecutionResult, void, void>;

/**
 * Opens a subscription, under the limits of every other operation, for any transport. `stop` ends it at once, whatever
 * it waits for, as does `return()`; it is aborted by any end. Throws RefusedSubscription, with errors as clients are told.
 */
export async function openSubscription(
  request: SubscriptionRequest,
  context: Omit<Context, 'signal'>,
  stop: AbortController,
): Promise<OpenSubscription> {
  const contextValue: Context = { ...context, signal: stop.signal };
  const tell = (error: GraphQLError) => toTold(error, contextValue);
  try {
    const source = await subscribe(toArguments(request, contextValue));
    if (!(Symbol.asyncIterator in source)) throw new RefusedSubscription((source.errors ?? []).map(blame));
    return endable(source, stop, tell);
  } catch (error) {
    throw new RefusedSubscription(refusedBy(error).errors.map(tell));
  }
}

function toArguments(request: SubscriptionRequest, contextValue: Context): ExecutionArgs {
  return {
    schema: executableSchema(),
    document: prepareSubscription(request),
    operationName: request.operationName ?? null,
    variableValues: request.variables ?? {},
    contextValue,
    options: EXECUTION_OPTIONS,
  };
}

/** What graphql itself finds before the first result is wrong with the variables, and has no code. */
function blame(error: GraphQLError): GraphQLError {
  return error.originalError ? error : withCode(error, ApolloServerErrorCode.BAD_USER_INPUT);
}

/** Faults are logged, and masked. */
function toTold(error: GraphQLError, { requestId, logger }: Context): GraphQLError {
  const { fault, formatted } = toClientError(error, requestId);
  if (fault) logger.error({ err: fault, path: formatted.path }, 'a subscription failed');
  const { nodes, source, positions, path } = error;
  return new GraphQLError(formatted.message, {
    nodes,
    source,
    positions,
    path,
    extensions: formatted.extensions,
  });
}

/** graphql ends a source only when it has what it waits for, which may never come: so it is told to give up first. */
function endable(
  source: AsyncGenerator<ExecutionResult, void, void>,
  stop: AbortController,
  tell: (error: GraphQLError) => GraphQLError,
): OpenSubscription {
  const ended: IteratorResult<ExecutionResult, void> = { done: true, value: undefined };
  return {
    async next() {
      try {
        const result = await source.next();
        if (result.done) stop.abort();
        if (result.done || stop.signal.aborted) return ended;
        const { errors, ...rest } = result.value;
        return { done: false, value: { ...rest, ...(errors && { errors: errors.map(tell) }) } };
      } catch (error) {
        if (stop.signal.aborted) return ended;
        stop.abort();
        throw tell(refusedBy(error).errors[0]!);
      }
    },
    async return() {
      stop.abort();
      await source.return().catch(() => {}); // it has failed of what it gave up
      return ended;
    },
    throw: (error) => source.throw(error),
    [Symbol.asyncIterator]() {
      return this;
    },
    [Symbol.asyncDispose]: async () => void (await source.return()),
  };
}
