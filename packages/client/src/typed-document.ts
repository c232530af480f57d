/**
 * The text of an operation that knows its types. What graphql-codegen's `client-preset` makes with
 * `documentMode: 'string'` is one, and so is a plain string, whose types the caller names.
 */
export interface TypedDocument<Result, Variables> {
  toString(): string;
  /** Never there: it carries the types. */
  __apiType?: (variables: Variables) => Result;
}

/** Gives a text its types; fragments that it spreads follow it. */
export function typedDocument<Result, Variables>(...texts: string[]): TypedDocument<Result, Variables> {
  return texts.join('\n');
}
