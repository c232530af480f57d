import { AppError } from '../errors.ts';
import { MAX_VARIABLE_DEPTH } from '../limits.ts';
import { isStorable } from '../taxonomy/text-rules.ts';

/**
 * Walks the variables once, before anything else does: depth, number of values, and text that a database cannot
 * store. Throws COST_LIMIT or INVALID_INPUT with the path into the variables.
 */
export function checkVariables(variables: Record<string, unknown>, maxValues: number): void {
  let values = 0;

  const visit = (value: unknown, path: string[]): void => {
    values += 1;
    if (values > maxValues) {
      throw new AppError('COST_LIMIT', {
        message: `The variables of this operation may have at most ${maxValues} values; send fewer at a time.`,
      });
    }
    if (path.length > MAX_VARIABLE_DEPTH) {
      throw new AppError('COST_LIMIT', {
        message: `Variables may nest at most ${MAX_VARIABLE_DEPTH} levels deep.`,
        path: path.slice(0, MAX_VARIABLE_DEPTH),
      });
    }
    if (typeof value === 'string') checkText(value, path);
    else if (typeof value === 'number') checkNumber(value, path);
    else if (Array.isArray(value))
      for (const [index, item] of value.entries()) visit(item, [...path, String(index)]);
    else if (isPlainObject(value)) {
      for (const [name, item] of Object.entries(value)) {
        checkText(name, path);
        visit(item, [...path, name]);
      }
    }
  };

  for (const [name, value] of Object.entries(variables)) visit(value, [name]);
}

/** What is wrong with a text, as the end of a sentence, or undefined. */
export function findBadText(text: string): string | undefined {
  if (isStorable(text)) return undefined;
  return text.includes('\0')
    ? 'contains the character U+0000, which cannot be stored'
    : 'contains half a surrogate pair: it is not well-formed Unicode';
}

function checkText(text: string, path: string[]): void {
  const problem = findBadText(text);
  if (problem) throw badValue(problem, path);
}

/** JSON reads 1e999 as Infinity, which neither a column nor JSON holds. */
function checkNumber(value: number, path: string[]): void {
  if (!Number.isFinite(value)) throw badValue('is a number too large for a 64-bit float', path);
}

function badValue(problem: string, path: string[]): AppError {
  return new AppError('INVALID_INPUT', { message: `'${path.join('.')}' ${problem}.`, path });
}

/** Not an upload, which stands in the variables as an object of a class. */
function isPlainObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
