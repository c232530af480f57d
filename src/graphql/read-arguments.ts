import { Kind, type FieldNode, type ValueNode } from 'graphql';

/** The arguments of a field as plain values, variables filled in. A name that is not given is not there. */
export function readArguments(
  { arguments: given = [] }: FieldNode,
  variables: Record<string, unknown>,
): Record<string, unknown> {
  return Object.fromEntries(given.map(({ name, value }) => [name.value, valueOf(value, variables)]));
}

/** A literal as a plain value; what is neither number, list nor object is of no matter to its size. */
export function valueOf(node: ValueNode, variables: Record<string, unknown>): unknown {
  switch (node.kind) {
    case Kind.VARIABLE:
      return variables[node.name.value];
    case Kind.INT:
    case Kind.FLOAT:
      return Number(node.value);
    case Kind.LIST:
      return node.values.map((item) => valueOf(item, variables));
    case Kind.OBJECT:
      return Object.fromEntries(
        node.fields.map(({ name, value }) => [name.value, valueOf(value, variables)]),
      );
    default:
      return 'value' in node ? node.value : null;
  }
}
