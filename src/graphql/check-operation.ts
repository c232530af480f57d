import { AppError } from '../errors.ts';
import { DOCUMENT_LIMITS, MAX_OPERATION_COST, limitsOf } from '../limits.ts';
import { checkListArguments } from './list-arguments.ts';
import { costOfOperation, type CostedOperation } from './operation-cost.ts';
import { rootFieldsOf } from './root-fields.ts';
import { checkVariables } from './variable-limits.ts';

/** How documents are read, whichever way they come. */
export const PARSE_OPTIONS = { maxTokens: DOCUMENT_LIMITS.tokens };
export const VALIDATION_OPTIONS = { maxErrors: 5, hideSuggestions: true };
export const EXECUTION_OPTIONS = { maxCoercionErrors: 5 };

/**
 * What an operation costs, whichever way it comes. Throws COST_LIMIT for variables that are more than one may send, and
 * INVALID_INPUT for those that no column stores. Precondition: the document is valid.
 */
export function checkOperation({ schema, document, operation, variables }: CostedOperation): number {
  checkVariables(variables, limitsOf(rootFieldsOf(document, operation.name?.value)).values);
  checkListArguments(schema, { document, operation }, variables);
  return costOfOperation({ schema, document, operation, variables });
}

/** Throws COST_LIMIT where an operation asks for more than one may. */
export function checkCost(cost: number): void {
  if (cost <= MAX_OPERATION_COST) return;
  throw new AppError('COST_LIMIT', {
    message: `The operation selects up to ${cost} fields, each counted once for every object of its lists; at most ${MAX_OPERATION_COST} are served. Ask for smaller pages or fewer nested lists.`,
    details: { cost, maxCost: MAX_OPERATION_COST },
  });
}
