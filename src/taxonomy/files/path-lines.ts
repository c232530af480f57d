import { createTurns } from '../turns.ts';
import { splitLines, type DecodedFile } from './decode-file.ts';
import type { FileLabel, FileLayout, ImportProblem, ParsedFile, PathLabel } from './label-file.ts';

/** A format whose lines are an id, a separator and the names from the top of the tree down to the label. */
export interface PathFormat {
  /** Groups `key` and `path`. */
  line: RegExp;
  /** A line as it should be, for messages. */
  example: string;
  write(label: PathLabel, width: number): string;
}

/** Between the names of a path. */
export const STEP = ' > ';

export const SHOPIFY: PathFormat = {
  line: /^(?<key>gid:\/\/shopify\/TaxonomyCategory\/\S+) *: (?<path>.+)$/,
  example: 'gid://shopify/TaxonomyCategory/aa-1 : Apparel & Accessories > Clothing',
  write: ({ key, path }, width) => `${key.padEnd(width)} : ${path.join(STEP)}`,
};

export const GOOGLE: PathFormat = {
  line: /^(?<key>\d+) - (?<path>.+)$/,
  example: '3237 - Animals & Pet Supplies > Live Animals',
  write: ({ key, path }) => `${key} - ${path.join(STEP)}`,
};

interface PathLine {
  line: number;
  text: string;
  key: string;
  path: string[];
}

/** Reads the labels of such a file. A parent is the line whose path is the label's without its last name. */
export async function parsePathLines(
  format: PathFormat,
  { text, hasBom }: DecodedFile,
  language: string,
): Promise<ParsedFile> {
  const turn = createTurns();
  const { lines, ...ends } = splitLines(text);
  const problems: ImportProblem[] = [];
  const found: PathLine[] = [];
  const head: string[] = [];
  for (const [index, text] of lines.entries()) {
    await turn();
    const isComment = text === '' || text.startsWith('#');
    if (isComment && found.length === 0) head.push(text);
    if (isComment) continue;
    const { key, path } = format.line.exec(text)?.groups ?? {};
    if (key !== undefined && path !== undefined) {
      found.push({ line: index + 1, text, key, path: path.split(STEP).map((name) => name.trim()) });
    } else {
      const message = `Expected a line such as '${format.example}'; got '${text.slice(0, 100)}'.`;
      problems.push({ line: index + 1, code: 'SYNTAX_INVALID', message });
    }
  }
  const labels = await linkParents(found, language, problems);
  const order = found.map(({ key }) => key);
  const layout = { head, hasBom, ...ends, order, ...(await findDeviations(format, found)) };
  return { labels, problems, layout };
}

async function linkParents(
  found: PathLine[],
  language: string,
  problems: ImportProblem[],
): Promise<FileLabel[]> {
  const turn = createTurns();
  const keysOf = Map.groupBy(found, ({ path }) => path.join(STEP));
  const labels: FileLabel[] = [];
  for (const { line, key, path } of found) {
    await turn();
    const above = path.slice(0, -1).join(STEP);
    const parents = path.length === 1 ? [] : (keysOf.get(above) ?? []);
    if (path.length > 1 && parents.length !== 1) {
      const message =
        parents.length === 0
          ? `No line has the path '${above.slice(0, 200)}', under which this one stands.`
          : `The path '${above.slice(0, 200)}' stands at lines ${parents.map((parent) => parent.line).join(' and ')}: which of them this one is under cannot be told.`;
      problems.push({ line, code: parents.length === 0 ? 'PARENT_UNKNOWN' : 'PARENT_AMBIGUOUS', message });
    }
    const names = [{ language, text: path.at(-1)! }];
    labels.push({ line, key, names, nameLanguages: [language], parentKey: parents[0]?.key ?? null });
  }
  return labels;
}

/** What the lines have that writing them would not give back. */
async function findDeviations(
  format: PathFormat,
  found: PathLine[],
): Promise<Pick<FileLayout, 'isPadded' | 'lines'>> {
  const turn = createTurns();
  const widest = widthOf(found);
  const isPadded = found.length > 0 && found[0]!.text === writeLine(format, found[0]!, widest);
  const lines: FileLayout['lines'] = [];
  for (const line of found) {
    await turn();
    const written = writeLine(format, line, isPadded ? widest : 0);
    if (written !== line.text) lines.push([line.key, written, line.text]);
  }
  return { isPadded, lines };
}

function writeLine(format: PathFormat, { key, path }: PathLine, width: number): string {
  return format.write({ key, path, parentKey: null }, width);
}

export function widthOf(labels: readonly { key: string }[]): number {
  return labels.reduce((widest, { key }) => Math.max(widest, key.length), 0);
}
