import {
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { AppError } from '../errors.ts';
import { MAX_OPERATION_COST } from '../limits.ts';

type Variables = Record<string, unknown>;

/**
 * Refuses an operation that asks for more objects than MAX_OPERATION_COST. Validation cannot: it runs once for a
 * document, and page sizes may stand in variables. Precondition: the document is valid.
 */
export function checkOperationCost(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): void {
  const cost = createCost(document, { ...defaultsOf(operation), ...variables })(operation.selectionSet);
  if (cost <= MAX_OPERATION_COST) return;
  throw new AppError('COST_LIMIT', {
    message: `The operation selects up to ${Math.round(cost)} fields, each counted once for every object of its pages; at most ${MAX_OPERATION_COST} are served. Ask for smaller pages or fewer nested lists.`,
    details: { cost: Math.round(cost), maxCost: MAX_OPERATION_COST },
  });
}

function createCost(document: DocumentNode, variables: Variables) {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
  }
  const known = new Map<string, number>();

  function costOf({ selections }: SelectionSetNode): number {
    let cost = 0;
    for (const selection of selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) cost += costOfFragment(selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT) cost += costOf(selection.selectionSet);
      else
        cost +=
          1 + pageSize(selection, variables) * (selection.selectionSet ? costOf(selection.selectionSet) : 0);
    }
    return cost;
  }

  function costOfFragment(name: string): number {
    const cost = known.get(name) ?? costOf(fragments.get(name)!.selectionSet);
    known.set(name, cost);
    return cost;
  }
  return costOf;
}

/** How many objects a field asks for: its `first` or `last`, or its number of `ids`; else one. */
function pageSize(field: FieldNode, variables: Variables): number {
  for (const argument of field.arguments ?? []) {
    const { value } = argument;
    const given = value.kind === Kind.VARIABLE ? variables[value.name.value] : value;
    if (argument.name.value === 'ids') return countOf(given);
    if (argument.name.value !== 'first' && argument.name.value !== 'last') continue;
    const size = value.kind === Kind.INT ? Number(value.value) : Number(given);
    if (size > 0) return size;
  }
  return 1;
}

function countOf(list: unknown): number {
  if (Array.isArray(list)) return list.length;
  return typeof list === 'object' && list !== null && 'values' in list && Array.isArray(list.values)
    ? list.values.length
    : 1;
}

function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode): Variables {
  const defaults: Variables = {};
  for (const { variable, defaultValue } of variableDefinitions) {
    if (defaultValue?.kind === Kind.INT) defaults[variable.name.value] = Number(defaultValue.value);
  }
  return defaults;
}
