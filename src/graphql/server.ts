import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled';
import {
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import type { Config } from '../config.ts';
import type { Context } from '../context.ts';
import { boundary } from './boundary.ts';
import { EXECUTION_OPTIONS, PARSE_OPTIONS, VALIDATION_OPTIONS } from './check-operation.ts';
import { toClientError } from './client-errors.ts';
import { documentLimits } from './document-limits.ts';
import { executableSchema } from './schema.ts';

/** The GraphQL server, started. Nothing here depends on NODE_ENV: what would leak is off everywhere. */
export async function startGraphqlServer(
  logger: Logger,
  { introspection }: Pick<Config, 'introspection'>,
): Promise<ApolloServer<Context>> {
  const apollo = new ApolloServer<Context>({
    schema: executableSchema(),
    nodeEnv: 'production',
    introspection,
    // http/guards.ts refuses what needs a preflight before the body is read, and knows of GET.
    csrfPrevention: false,
    allowBatchedHttpRequests: false,
    persistedQueries: false,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: true,
    stopOnTerminationSignals: false,
    parseOptions: PARSE_OPTIONS,
    validationRules: [documentLimits],
    validationOptions: VALIDATION_OPTIONS,
    executionOptions: EXECUTION_OPTIONS,
    logger: toApolloLogger(logger),
    // The boundary has the request id and answers; this holds for what fails before it or beside it.
    formatError: (_, error) =>
      toClientError(
        error instanceof GraphQLError ? error : new GraphQLError('', { originalError: error as Error }),
        undefined,
      ).formatted,
    plugins: [
      boundary,
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
    ],
  });
  await apollo.start();
  return apollo;
}

/** Apollo logs bare strings. */
function toApolloLogger(logger: Logger) {
  const child = logger.child({ component: 'apollo' });
  return {
    debug: (message?: string) => child.debug(message ?? ''),
    info: (message?: string) => child.info(message ?? ''),
    warn: (message?: string) => child.warn(message ?? ''),
    error: (message?: string) => child.error(message ?? ''),
  };
}
