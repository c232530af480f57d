import type { ImportProblem } from './label-file.ts';

/** Characters of one element: far above a label with all that it may have. */
const MAX_ELEMENT_LENGTH = 1_000_000;

type Part = { line: number; value: unknown } | { problem: ImportProblem };

/**
 * The elements of a JSON array, one by one, each with the line on which it begins: so that a mistake has a line, and
 * a large file is read in turns. Stops at the first mistake of syntax: what follows it cannot be told.
 */
export function* splitJsonArray(text: string): Generator<Part> {
  const lineOf = createLineCounter(text);
  const refuse = (at: number, problem: string): Part => ({
    problem: { line: lineOf(at), code: 'SYNTAX_INVALID', message: `${problem}.` },
  });
  let at = skipSpace(text, 0);
  if (text[at] !== '[') return yield refuse(at, "Expected an array of labels: '[' at the beginning");
  at = skipSpace(text, at + 1);
  let isFirst = true;
  while (!(isFirst && text[at] === ']')) {
    isFirst = false;
    const end = findEnd(text, at);
    if (end === -1) return yield refuse(at, 'A label begins here and does not end');
    if (end - at > MAX_ELEMENT_LENGTH) {
      return yield refuse(at, `A label takes at most ${MAX_ELEMENT_LENGTH} characters`);
    }
    const line = lineOf(at);
    const value = parseElement(text.slice(at, end));
    if ('error' in value) return yield refuse(at, `This is no JSON: ${value.error}`);
    yield { line, value: value.json };
    if (text[end] === ']') {
      at = end;
      break;
    }
    at = skipSpace(text, end + 1);
  }
  const rest = skipSpace(text, at + 1);
  if (rest < text.length) yield refuse(rest, 'The array has ended, and something follows it');
}

function parseElement(text: string): { json: unknown } | { error: string } {
  try {
    return { json: JSON.parse(text) as unknown };
  } catch (error) {
    return { error: (error as Error).message.slice(0, 200) };
  }
}

/** Where the element at `at` ends: at the comma or bracket after it; -1 where the text ends first. */
function findEnd(text: string, at: number): number {
  let depth = 0;
  for (let i = at; i < text.length; i++) {
    const character = text[i];
    if (character === '"') {
      i = endOfString(text, i);
      if (i === -1) return -1;
    } else if (character === '{' || character === '[') depth++;
    else if (depth === 0 && (character === ',' || character === ']')) return i;
    else if (character === '}' || character === ']') depth--;
  }
  return -1;
}

/** The closing quote of the string that opens at `at`, or -1. */
function endOfString(text: string, at: number): number {
  for (let i = text.indexOf('"', at + 1); i !== -1; i = text.indexOf('"', i + 1)) {
    let slashes = 0;
    while (text[i - 1 - slashes] === '\\') slashes++;
    if (slashes % 2 === 0) return i;
  }
  return -1;
}

function skipSpace(text: string, at: number): number {
  let next = at;
  while (next < text.length && ' \t\r\n'.includes(text[next]!)) next++;
  return next;
}

/** Lines count from 1; asked for places in rising order, it reads the text once. */
function createLineCounter(text: string): (at: number) => number {
  let line = 1;
  let seen = 0;
  return (at) => {
    for (let i = text.indexOf('\n', seen); i !== -1 && i < at; i = text.indexOf('\n', i + 1)) line++;
    seen = Math.max(seen, at);
    return line;
  };
}
