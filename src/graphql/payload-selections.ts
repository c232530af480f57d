import {
  execute,
  getOperationAST,
  GraphQLError,
  Kind,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type FragmentDefinitionNode,
} from 'graphql';
import type { Context, Services } from '../context.ts';
import { AppError } from '../errors.ts';
import type { EventData, EventType } from '../events/event-types.ts';
import { newUuid } from '../ids.ts';
import { DOCUMENT_LIMITS, MAX_OPERATION_COST } from '../limits.ts';
import { createLoaders } from '../resolvers/loaders.ts';
import type { KeyViewer } from '../tenancy/viewer.ts';
import type { PayloadSelections } from '../webhooks/payload-selections.ts';
import { documentLimits } from './document-limits.ts';
import { costOfOperation } from './operation-cost.ts';
import { executableSchema } from './schema.ts';

/** The type of the object of an event; events without one have the usual data only. */
const SUBJECT_TYPES: Partial<Record<EventType, string>> = {
  'classification.completed': 'Classification',
  'taxonomy.published': 'TaxonomyVersion',
};
const MAX_LENGTH = 10_000;
const ROOT = 'PayloadOfEvent';

/** Executes selections in this process, by the schema, the loaders and the limits of requests. */
export function createPayloadSelections(services: () => Services): PayloadSelections {
  return {
    check(selection, types) {
      toDocument(selection, types);
    },
    async select(selection, { tenantId, subjectId }) {
      const { data, errors } = await execute({
        schema: executableSchema(),
        document: toDocument(selection, []),
        variableValues: { id: subjectId },
        contextValue: toContext(services(), tenantId),
      });
      // A part that may not be had is null, as in any answer; what cannot be had now is tried again with the job.
      const fault = errors?.find(
        ({ originalError }) => !(originalError instanceof AppError) || originalError.code === 'OVERLOADED',
      );
      if (fault) throw fault.originalError ?? fault;
      return (data?.node as EventData | null | undefined) ?? null;
    },
  };
}

/** An operation that spreads the fragments on the objects of events. Throws INVALID_INPUT, COST_LIMIT as a user error. */
function toDocument(selection: string, types: readonly EventType[]): DocumentNode {
  if (selection.length > MAX_LENGTH) throw invalid(`it has at most ${MAX_LENGTH} characters`);
  const fragments = parseFragments(selection);
  const roots = Object.values(SUBJECT_TYPES).flatMap((type) => fragmentOn(fragments, type) ?? []);
  for (const type of types) {
    const subject = SUBJECT_TYPES[type];
    if (subject && !fragmentOn(fragments, subject)) {
      throw invalid(`the event ${type} needs a fragment on ${subject}`);
    }
  }
  if (roots.length === 0) throw invalid(`it has no fragment on ${Object.values(SUBJECT_TYPES).join(' or ')}`);
  const spreads = roots.map(({ name }) => `...${name.value}`).join(' ');
  const operation = parse(`query ${ROOT}($id: ID!) { node(id: $id) { ${spreads} } }`, { noLocation: true });
  const document = { ...operation, definitions: [...operation.definitions, ...fragments] };
  const [problem] = validate(executableSchema(), document, [...specifiedRules, documentLimits], {
    maxErrors: 5,
    hideSuggestions: true,
  });
  if (problem) throw invalid(problem.message);
  checkCost(document);
  return document;
}

function parseFragments(selection: string): FragmentDefinitionNode[] {
  try {
    const { definitions } = parse(selection, { maxTokens: DOCUMENT_LIMITS.tokens, noLocation: true });
    return definitions.map((definition) => {
      if (definition.kind === Kind.FRAGMENT_DEFINITION) return definition;
      throw invalid('it is made of fragments only: `fragment Payload on Classification { id }`');
    });
  } catch (error) {
    if (error instanceof GraphQLError) throw invalid(error.message);
    throw error;
  }
}

/** The fragment that is the payload: the first on that type. */
function fragmentOn(
  fragments: readonly FragmentDefinitionNode[],
  type: string,
): FragmentDefinitionNode | undefined {
  return fragments.find(({ typeCondition }) => typeCondition.name.value === type);
}

function checkCost(document: DocumentNode): void {
  const schema = executableSchema();
  const operation = getOperationAST(document, ROOT)!;
  const cost = costOfOperation({ schema, document, operation, variables: {} });
  if (cost > MAX_OPERATION_COST) {
    throw invalid(`it selects up to ${cost} fields, and at most ${MAX_OPERATION_COST} are served`);
  }
}

/** A key of the tenant that reads, and is nobody's. */
function toContext(services: Services, tenantId: string): Context {
  const requestId = newUuid();
  const viewer: KeyViewer = {
    kind: 'key',
    tenantId,
    apiKeyId: '00000000-0000-0000-0000-000000000000',
    scopes: ['CLASSIFY', 'TAXONOMY_READ'],
    trustedDocumentsOnly: false,
    expiresAt: null,
  };
  return {
    requestId,
    viewer,
    services,
    loaders: createLoaders(services.db, tenantId),
    logger: services.logger.child({ requestId, tenantId }),
    bodyBytes: 0,
    gateStay: null,
    mediaType: 'application/json',
    signal: new AbortController().signal,
  };
}

function invalid(why: string): AppError {
  const message = `The selection is not one that can be sent: ${why}.`;
  return new AppError('INVALID_INPUT', { message, path: ['selection'] });
}
