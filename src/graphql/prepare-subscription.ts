import { ApolloServerErrorCode } from '@apollo/server/errors';
import {
  getOperationAST,
  GraphQLError,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type OperationDefinitionNode,
} from 'graphql';
import { AppError } from '../errors.ts';
import { checkCost, checkOperation, PARSE_OPTIONS, VALIDATION_OPTIONS } from './check-operation.ts';
import { documentLimits } from './document-limits.ts';
import { executableSchema } from './schema.ts';

/** A subscription as a client asks for it; its document is a registered one where that is demanded. */
export interface SubscriptionRequest {
  query: string;
  operationName?: string | null | undefined;
  variables?: Record<string, unknown> | null | undefined;
}

/** Why a subscription did not begin. */
export class RefusedSubscription extends Error {
  readonly errors: readonly GraphQLError[];

  constructor(errors: readonly GraphQLError[]) {
    super(errors[0]?.message);
    this.errors = errors;
  }
}

/** The document of a subscription, checked as Apollo checks those of requests. Throws RefusedSubscription. */
export function prepareSubscription({ query, operationName, variables }: SubscriptionRequest): DocumentNode {
  const schema = executableSchema();
  const document = parseDocument(query);
  const problems = validate(schema, document, [...specifiedRules, documentLimits], VALIDATION_OPTIONS);
  if (problems.length > 0) {
    throw new RefusedSubscription(
      problems.map((error) => withCode(error, ApolloServerErrorCode.GRAPHQL_VALIDATION_FAILED)),
    );
  }
  const operation = getOperationAST(document, operationName);
  try {
    if (operation?.operation !== 'subscription') throw notSubscription(operation);
    checkCost(checkOperation({ schema, document, operation, variables: variables ?? {} }));
  } catch (error) {
    throw refusedBy(error);
  }
  return document;
}

/** Any error in the shape of graphql. */
export function refusedBy(error: unknown): RefusedSubscription {
  if (error instanceof RefusedSubscription) return error;
  const shaped =
    error instanceof GraphQLError ? error : new GraphQLError('', { originalError: error as Error });
  return new RefusedSubscription([shaped]);
}

/** The code that says whose mistake it is, as Apollo puts it. */
export function withCode(error: GraphQLError, code: ApolloServerErrorCode): GraphQLError {
  const { message, nodes, source, positions, path, extensions } = error;
  return new GraphQLError(message, { nodes, source, positions, path, extensions: { ...extensions, code } });
}

function parseDocument(query: string): DocumentNode {
  try {
    return parse(query, PARSE_OPTIONS);
  } catch (error) {
    throw refusedBy(withCode(error as GraphQLError, ApolloServerErrorCode.GRAPHQL_PARSE_FAILED));
  }
}

function notSubscription(operation: OperationDefinitionNode | null | undefined): AppError {
  const came = operation ? `this is a ${operation.operation}` : 'the document has no such operation';
  return new AppError('INVALID_INPUT', {
    message: `Only subscriptions are served here, and ${came}. Queries and mutations go to POST graphql.`,
  });
}
