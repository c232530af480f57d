import { query, type JsonValue } from 'jsonpath-rfc9535';
import parse, { type JsonPathQuery } from 'jsonpath-rfc9535/parser';
import { AppError } from '../errors.ts';

const MAX_LENGTH = 500;
/** Segments, those in filters among them. */
const MAX_STEPS = 20;
/** Each of these may look at every value of a message. */
const BRANCHES = ['WildcardSelector', 'SliceSelector', 'FilterSelector', 'DescendantSegment'];
const MAX_BRANCHES = 3;

/** Any part of a parsed path. */
interface PathNode {
  type: string;
}

/**
 * Throws INVALID_INPUT at `field` where a text is no JSONPath (RFC 9535), or one whose work could grow faster than the
 * message that it reads: a path is written by one person and run on what another one sends.
 */
export function checkPath(path: string, field: readonly string[]): void {
  check(path, field, MAX_BRANCHES);
}

/**
 * The same for a path to one value: it goes straight there, since many of them are read in each part of a message, and
 * parts may lie in each other.
 */
export function checkValuePath(path: string, field: readonly string[]): void {
  check(path, field, 0);
}

/** `most`: how often it may branch. */
function check(path: string, field: readonly string[], most: number): void {
  const refuse = (message: string) => new AppError('INVALID_INPUT', { message, path: [...field] });
  if (path.length > MAX_LENGTH) throw refuse(`A JSONPath has at most ${MAX_LENGTH} characters.`);
  const nodes = [...nodesOf(parsed(path, refuse))].slice(1); // without the path itself
  const count = (...types: string[]) => nodes.filter(({ type }) => types.includes(type)).length;
  if (count('FunctionExpr') > 0) {
    throw refuse(
      'Functions such as match() are not run here: compare values, or test whether they are there.',
    );
  }
  if (count('JsonPathQuery', 'AbsSingularQuery') > 0) {
    throw refuse("A filter looks at the value that it is for: begin its paths with '@', not '$'.");
  }
  if (count('DescendantSegment') > 1) throw refuse("A path has '..' once at most.");
  if (nodes.some(hasSeveralSelectors)) throw refuse('Square brackets hold one selector each.');
  const steps = nodes.filter(({ type }) => type.endsWith('Segment')).length;
  if (steps > MAX_STEPS) throw refuse(`A path has at most ${MAX_STEPS} steps; this one has ${steps}.`);
  const branches = count(...BRANCHES);
  if (branches <= most) return;
  throw refuse(
    most === 0
      ? "A path to one value is made of names and indexes; what looks for several ('*', '..', slices, filters) is for 'images'."
      : `A path has '*', '..', slices and filters ${most} times together at most; this one has ${branches}.`,
  );
}

/** The values that a path selects. Precondition: it was checked. Throws INVALID_INPUT where they cannot be read. */
export function readPath(value: unknown, path: string): unknown[] {
  try {
    return query(value as JsonValue, path);
  } catch (error) {
    throw new AppError('INVALID_INPUT', {
      message: `The JSONPath ${path} cannot be read here.`,
      cause: error,
    });
  }
}

function parsed(path: string, refuse: (message: string) => AppError): JsonPathQuery {
  try {
    return parse(path);
  } catch (error) {
    throw refuse(`${JSON.stringify(path)} is no JSONPath of RFC 9535: ${(error as Error).message}`);
  }
}

function hasSeveralSelectors(node: PathNode): boolean {
  return (
    node.type === 'BracketedSelection' && (node as PathNode & { selectors: unknown[] }).selectors.length > 1
  );
}

/** A part, and all that stand in it. */
function* nodesOf(value: unknown): Generator<PathNode> {
  if (typeof value !== 'object' || value === null) return;
  if ('type' in value) yield value as PathNode;
  for (const below of Object.values(value)) yield* nodesOf(below);
}
