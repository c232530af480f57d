import {
  Kind,
  getOperationAST,
  parse,
  type DocumentNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { DOCUMENT_LIMITS } from '../limits.ts';

/** Names of the root fields of one operation, through its fragments; empty where there is no such operation. */
export function rootFieldsOf(document: DocumentNode, operationName?: string | null): string[] {
  const operation = getOperationAST(document, operationName);
  const spread = new Set<string>();
  const namesIn = ({ selections }: SelectionSetNode): string[] =>
    selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return selection.name.value;
      if (selection.kind === Kind.INLINE_FRAGMENT) return namesIn(selection.selectionSet);
      const name = selection.name.value;
      if (spread.has(name)) return []; // the document may not be validated yet: a fragment can spread itself
      spread.add(name);
      const fragment = document.definitions.find(
        (definition) => definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === name,
      );
      return fragment?.kind === Kind.FRAGMENT_DEFINITION ? namesIn(fragment.selectionSet) : [];
    });
  return operation ? namesIn(operation.selectionSet) : [];
}

/** The same of a document that is still text; empty where it cannot be parsed. */
export function rootFieldsOfText(query: string, operationName?: string | null): string[] {
  const document = parseText(query);
  return document ? rootFieldsOf(document, operationName) : [];
}

/** The operation that would be executed of a document that is still text; undefined where there is none. */
export function operationOfText(
  query: string,
  operationName?: string | null,
): OperationDefinitionNode | undefined {
  const document = parseText(query);
  return (document && getOperationAST(document, operationName)) ?? undefined;
}

function parseText(query: string): DocumentNode | undefined {
  try {
    return parse(query, { maxTokens: DOCUMENT_LIMITS.tokens, noLocation: true });
  } catch {
    return undefined;
  }
}
