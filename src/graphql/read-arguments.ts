import { Kind, type FieldNode, type GraphQLField, type ValueNode } from 'graphql';

/** The arguments of a field as plain values, variables and defaults filled in. A name without value is not there. */
export function readArguments(
  { arguments: given = [] }: FieldNode,
  { args }: GraphQLField<unknown, unknown>,
  variables: Record<string, unknown>,
): Record<string, unknown> {
  const defaults = args.map(({ name, defaultValue }) => [name, defaultValue]);
  const values = given.map(({ name, value }) => [name.value, valueOf(value, variables)]);
  return Object.fromEntries([...defaults, ...values].filter(([, value]) => value !== undefined));
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
