import {
  getNullableType,
  isInputObjectType,
  isInputType,
  isListType,
  typeFromAST,
  type GraphQLInputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import { AppError } from '../errors.ts';
import { LIST_ARGUMENT_LIMITS, MAX_LIST_ARGUMENT } from '../limits.ts';

/**
 * Refuses, with COST_LIMIT, a list in the variables that has more items than any operation needs; lists that stand in
 * the document are bounded by its tokens. Precondition: the document is valid.
 */
export function checkListArguments(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
  variables: Record<string, unknown>,
): void {
  for (const { variable, type } of variableDefinitions) {
    const name = variable.name.value;
    const declared = typeFromAST(schema, type as Parameters<typeof typeFromAST>[1]);
    if (isInputType(declared)) checkValue(declared, variables[name], [name]);
  }
}

function checkValue(declared: GraphQLInputType, value: unknown, path: string[]): void {
  if (typeof value !== 'object' || value === null) return;
  const type = getNullableType(declared);
  if (isListType(type) && Array.isArray(value)) {
    checkLength(value.length, path);
    for (const [index, item] of value.entries()) checkValue(type.ofType, item, [...path, String(index)]);
  } else if (isInputObjectType(type)) {
    const fields = type.getFields();
    for (const [name, item] of Object.entries(value)) {
      if (Object.hasOwn(fields, name)) checkValue(fields[name]!.type, item, [...path, name]);
    }
  }
}

function checkLength(length: number, path: string[]): void {
  const most = LIST_ARGUMENT_LIMITS[path.at(-1)!] ?? MAX_LIST_ARGUMENT;
  if (length <= most) return;
  const message = `'${path.join('.')}' may have at most ${most} items; this one has ${length}.`;
  throw new AppError('COST_LIMIT', { message, path });
}
