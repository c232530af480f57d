import { createTurns } from '../turns.ts';
import { splitLines, type DecodedFile } from './decode-file.ts';
import type { FileLabel, FileLayout, ImportProblem, ParsedFile, PathLabel } from './label-file.ts';

/** Which column holds what; -1: none does. */
interface Columns {
  names: string[];
  id: number;
  parent: number;
  name: number;
  /** In order. */
  tiers: number[];
}

interface Row {
  line: number;
  text: string;
  cells: string[];
}

/** Of a file that we write without having read one. */
export const IAB_HEAD = ['Unique ID\tParent\tName\tTier 1\tTier 2\tTier 3\tTier 4\tExtension'];

/** Reads IAB's content taxonomy. `Unique ID`, `Parent` and `Name` make the label; tiers repeat the names above it. */
export async function parseIabTsv({ text, hasBom }: DecodedFile, language: string): Promise<ParsedFile> {
  const turn = createTurns();
  const { lines, ...ends } = splitLines(text);
  const headerAt = lines.findIndex((line) => findColumns(line) !== null);
  if (headerAt === -1) {
    const message =
      "Expected a line with the names of columns, separated by tabs: 'Unique ID', 'Parent', 'Name', 'Tier 1' …";
    return { labels: [], problems: [{ line: 1, code: 'HEADER_INVALID', message }], layout: null };
  }
  const columns = findColumns(lines[headerAt]!)!;
  const rows: Row[] = [];
  const problems: ImportProblem[] = [];
  for (const [index, text] of lines.entries()) {
    await turn();
    if (index <= headerAt || text.trim() === '') continue;
    const row = { line: index + 1, text, cells: text.split('\t') };
    if (row.cells.length <= columns.names.length) rows.push(row);
    else problems.push(tooManyCells(row, columns));
  }
  const labels = rows.map((row) => toLabel(row, columns, language));
  const head = lines.slice(0, headerAt + 1);
  const extras = rows.flatMap((row) => extrasOf(row, columns));
  const layout = { head, hasBom, ...ends, order: labels.map(({ key }) => key), extras };
  return { labels, problems, layout: { ...layout, lines: await findDeviations(labels, rows, layout) } };
}

function tooManyCells({ line, cells }: Row, { names }: Columns): ImportProblem {
  const message = `Expected ${names.length} cells, as the header has; got ${cells.length}.`;
  return { line, code: 'SYNTAX_INVALID', message };
}

function toLabel({ line, cells }: Row, columns: Columns, language: string): FileLabel {
  const cell = (at: number) => cells[at]?.trim() ?? '';
  const names = [{ language, text: cell(columns.name) }];
  const parentKey = cell(columns.parent) || null;
  return { line, key: cell(columns.id), names, nameLanguages: [language], parentKey };
}

/** The columns that a line names, or null where it is no header. */
function findColumns(line: string): Columns | null {
  const names = line.split('\t').map((name) => name.trim());
  const id = names.indexOf('Unique ID');
  const name = names.indexOf('Name');
  const parent = Math.max(names.indexOf('Parent'), names.indexOf('Parent ID'));
  const tiers = names.flatMap((name, index) => (/^Tier \d+$/.test(name) ? [index] : []));
  return id === -1 || name === -1 || parent === -1 ? null : { names, id, name, parent, tiers };
}

function extrasOf({ cells }: Row, { names, id, parent, name, tiers }: Columns): [string, string, string][] {
  const known = new Set([id, parent, name, ...tiers]);
  return cells.flatMap((text, index): [string, string, string][] =>
    known.has(index) || text === '' ? [] : [[cells[id]!.trim(), names[index]!, text]],
  );
}

/** Lines that writing the labels would not give back. Parents may stand below their children, or nowhere. */
async function findDeviations(labels: FileLabel[], rows: Row[], layout: FileLayout) {
  const turn = createTurns();
  const byKey = new Map(labels.map((label) => [label.key, label]));
  const write = createIabWriter(layout);
  const lines: [string, string, string][] = [];
  for (const [index, label] of labels.entries()) {
    await turn();
    const written = write({ key: label.key, parentKey: label.parentKey ?? null, path: pathOf(label, byKey) });
    if (written !== rows[index]!.text) lines.push([label.key, written, rows[index]!.text]);
  }
  return lines;
}

/** A cycle ends where it meets itself: it is reported elsewhere. */
function pathOf(label: FileLabel, byKey: Map<string, FileLabel>): string[] {
  const path = new Map<string, string>();
  let at: FileLabel | undefined = label;
  while (at && !path.has(at.key)) {
    path.set(at.key, at.names[0]!.text);
    at = at.parentKey ? byKey.get(at.parentKey) : undefined;
  }
  return [...path.values()].toReversed();
}

/** Writes lines under the header that ends the layout's head. */
export function createIabWriter({ head, extras = [] }: Pick<FileLayout, 'head' | 'extras'>) {
  const columns = findColumns(head.at(-1)!)!;
  const extrasOfKey = Map.groupBy(extras, ([key]) => key);
  return ({ key, parentKey, path }: PathLabel): string => {
    const cells = columns.names.map(() => '');
    cells[columns.id] = key;
    cells[columns.parent] = parentKey ?? '';
    cells[columns.name] = path.at(-1)!;
    for (const [level, at] of columns.tiers.entries()) cells[at] = path[level] ?? '';
    for (const [, column, text] of extrasOfKey.get(key) ?? []) cells[columns.names.indexOf(column)] = text;
    return cells.join('\t');
  };
}

/** How many tiers a file with this head has room for. */
export function countTiers(head: readonly string[]): number {
  return findColumns(head.at(-1)!)!.tiers.length;
}
