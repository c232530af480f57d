import {
  Kind,
  getNullableType,
  isInputObjectType,
  isInputType,
  isListType,
  typeFromAST,
  visit,
  type ArgumentNode,
  type DocumentNode,
  type GraphQLInputType,
  type GraphQLSchema,
  type ObjectFieldNode,
  type OperationDefinitionNode,
} from 'graphql';
import { AppError } from '../errors.ts';
import { LIST_ARGUMENT_LIMITS, MAX_LIST_ARGUMENT } from '../limits.ts';

export interface OperationInDocument {
  document: DocumentNode;
  operation: OperationDefinitionNode;
}

/**
 * Refuses, with COST_LIMIT, a list in the variables that has more items than any operation needs; lists that stand in
 * the document are bounded by its tokens. Precondition: the document is valid.
 */
export function checkListArguments(
  schema: GraphQLSchema,
  { document, operation: { variableDefinitions = [] } }: OperationInDocument,
  variables: Record<string, unknown>,
): void {
  const limits = limitsOfVariables(document);
  for (const { variable, type } of variableDefinitions) {
    const name = variable.name.value;
    const declared = typeFromAST(schema, type as Parameters<typeof typeFromAST>[1]);
    const most = limits.get(name) ?? MAX_LIST_ARGUMENT;
    if (isInputType(declared)) checkValue(declared, variables[name], { path: [name], most });
  }
}

/** By the arguments and fields that they are used for: a client calls its variables what it likes. */
function limitsOfVariables(document: DocumentNode): Map<string, number> {
  const limits = new Map<string, number>();
  const note = ({ name, value }: ArgumentNode | ObjectFieldNode) => {
    if (value.kind !== Kind.VARIABLE) return;
    const variable = value.name.value;
    limits.set(variable, Math.min(limits.get(variable) ?? Infinity, limitOf(name.value)));
  };
  visit(document, { Argument: note, ObjectField: note });
  return limits;
}

function limitOf(name: string): number {
  return Object.hasOwn(LIST_ARGUMENT_LIMITS, name) ? LIST_ARGUMENT_LIMITS[name]! : MAX_LIST_ARGUMENT;
}

/** `most`: how many items the value may have where it is a list. */
function checkValue(
  declared: GraphQLInputType,
  value: unknown,
  { path, most }: { path: string[]; most: number },
): void {
  if (typeof value !== 'object' || value === null) return;
  const type = getNullableType(declared);
  if (isListType(type) && Array.isArray(value)) {
    if (value.length > most) throw tooMany(value.length, { path, most });
    for (const [index, item] of value.entries()) {
      checkValue(type.ofType, item, { path: [...path, String(index)], most });
    }
  } else if (isInputObjectType(type)) {
    const fields = type.getFields();
    for (const [name, item] of Object.entries(value)) {
      if (!Object.hasOwn(fields, name)) continue;
      checkValue(fields[name]!.type, item, { path: [...path, name], most: limitOf(name) });
    }
  }
}

function tooMany(length: number, { path, most }: { path: string[]; most: number }): AppError {
  const message = `'${path.join('.')}' may have at most ${most} items; this one has ${length}.`;
  return new AppError('COST_LIMIT', { message, path });
}
