import {
  Kind,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { AppError } from '../errors.ts';
import { INPUT_SIZES, INTROSPECTION_COST, LIST_SIZES, type ListSize } from '../limits.ts';
import { readArguments, valueOf } from './read-arguments.ts';

export interface CostedOperation {
  schema: GraphQLSchema;
  document: DocumentNode;
  operation: OperationDefinitionNode;
  variables: Record<string, unknown>;
}

/** What the fields around a field say of how many there will be. */
interface Around {
  /** Items of the connection that the field stands in. */
  page: number;
  /** Of the input of the root field. */
  input: Record<keyof typeof INPUT_SIZES, number>;
}

/** A list of the schema that LIST_SIZES does not know. */
const UNKNOWN_LIST: ListSize = { most: 100 };

/**
 * How many fields an operation selects, each once for every object that it can be there for: the items of a page by
 * `first`, `last` or `ids`, those of other lists by their own bound. Validation cannot tell: it runs once for a
 * document, and sizes may stand in variables. Precondition: the document is valid.
 */
export function costOfOperation({ schema, document, operation, variables }: CostedOperation): number {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const values = { ...defaultsOf(operation), ...variables };
  const known = new Map<string, number>();

  function costOf({ selections }: SelectionSetNode, type: GraphQLNamedType, around: Around): number {
    let cost = 0;
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) cost += costOfField(selection, type, around);
      else if (selection.kind === Kind.FRAGMENT_SPREAD) cost += costOfFragment(selection.name.value, around);
      else cost += costOf(selection.selectionSet, narrow(type, selection.typeCondition?.name.value), around);
    }
    return cost;
  }

  /** A fragment costs the same wherever it is spread in objects that are as many: each is measured once. */
  function costOfFragment(name: string, around: Around): number {
    const place = JSON.stringify([name, around]);
    const fragment = fragments.get(name)!;
    const cost =
      known.get(place) ??
      costOf(fragment.selectionSet, schema.getType(fragment.typeCondition.name.value)!, around);
    known.set(place, cost);
    return cost;
  }

  function costOfField(field: FieldNode, parent: GraphQLNamedType, around: Around): number {
    const hasFields = isObjectType(parent) || isInterfaceType(parent);
    const definition = hasFields ? parent.getFields()[field.name.value] : undefined;
    if (!definition) return INTROSPECTION_COST[field.name.value] ?? 1; // or `__typename`
    const type = getNamedType(definition.type);
    if (!field.selectionSet || !isCompositeType(type)) return 1;
    const given = readArguments(field, definition, values);
    const isRoot = parent === schema.getMutationType();
    const input = isRoot ? { ...INPUT_SIZES, ...sizesIn(given.input) } : around.input;
    const page = pageSize(given);
    const below = () => costOf(field.selectionSet!, type, { page: page ?? 1, input });
    if (!isListType(getNullableType(definition.type))) return 1 + below();
    if (page !== undefined) return 1 + page * below();
    if (parent.name.endsWith('Connection')) return 1 + around.page * below();
    const { most, share = 1 } =
      LIST_SIZES[`${parent.name}.${field.name.value}`] ?? LIST_SIZES[field.name.value] ?? UNKNOWN_LIST;
    return 1 + (typeof most === 'number' ? most : input[most]) * share * below();
  }

  const narrow = (type: GraphQLNamedType, name?: string) => (name ? schema.getType(name)! : type);
  const root = schema.getRootType(operation.operation);
  if (!root) throw new AppError('INVALID_INPUT', { message: `There are no ${operation.operation}s here.` });
  return Math.ceil(costOf(operation.selectionSet, root, { page: 1, input: INPUT_SIZES }));
}

/** The `first`, `last` or number of `ids` that a field asks for; undefined where it asks for none. */
function pageSize({ first, last, ids }: Record<string, unknown>): number | undefined {
  if (Array.isArray(ids)) return ids.length;
  const size = Number(first ?? last ?? undefined);
  return size > 0 ? size : undefined;
}

/** How many images, taxonomies and predictions a mutation is about; what its input does not say is left out. */
function sizesIn(input: unknown): Partial<Around['input']> {
  if (typeof input !== 'object' || input === null) return {};
  const { images, taxonomies, topK = 5 } = input as Record<string, unknown>;
  return {
    ...(Array.isArray(images) && { images: images.length, topK: Math.max(1, Number(topK) || 1) }),
    taxonomies: Array.isArray(taxonomies) ? taxonomies.length : 1,
  };
}

function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode): Record<string, unknown> {
  return Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueOf(defaultValue, {})]] : [],
    ),
  );
}
