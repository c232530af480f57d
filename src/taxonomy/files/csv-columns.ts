import { canonicalLanguage } from '../languages.ts';

/** What a column holds: one of these, or the name or the synonyms in a language. */
export type Column =
  | { kind: 'key' | 'parentKey' | 'position' | 'description' | 'nameOrder' | 'synonymOrder' }
  | { kind: 'name'; language: string }
  | { kind: 'synonyms'; language: string };

const PLAIN = ['key', 'parentKey', 'position', 'description', 'nameOrder', 'synonymOrder'] as const;

/** The columns that a header names, or what is wrong with it. */
export function readHeader(cells: readonly string[]): Column[] | { problem: string } {
  const columns: Column[] = [];
  for (const cell of cells) {
    const column = toColumn(cell.trim());
    if (!column) return { problem: unknownColumn(cell) };
    columns.push(column);
  }
  const titles = columns.map(titleOf);
  const twice = titles.find((title, index) => titles.indexOf(title) !== index);
  if (twice !== undefined) return { problem: `The column '${twice}' is here twice` };
  if (!titles.includes('key')) return { problem: "There is no column 'key'" };
  if (!columns.some(({ kind }) => kind === 'name'))
    return { problem: "There is no column with names, such as 'name:en'" };
  return columns;
}

function toColumn(title: string): Column | null {
  const plain = PLAIN.find((name) => name === title);
  if (plain) return { kind: plain };
  const [kind, tag] = title.split(':', 2);
  if ((kind !== 'name' && kind !== 'synonyms') || tag === undefined) return null;
  try {
    return { kind, language: canonicalLanguage(tag, []) };
  } catch {
    return null;
  }
}

function unknownColumn(cell: string): string {
  return `There is no column '${cell.slice(0, 60)}'; the columns are ${PLAIN.join(', ')}, and for each language 'name:en' and 'synonyms:en'`;
}

/** As it stands in the header. */
export function titleOf(column: Column): string {
  return 'language' in column ? `${column.kind}:${column.language}` : column.kind;
}

/** A spreadsheet runs a cell that begins with one of these: an apostrophe before it makes it text. */
const FORMULA = /^'*[=+\-@＝＋－＠\t\r\n]/;
const SHIELDED = /^'+[=+\-@＝＋－＠\t\r\n]/;

/** A text as a cell that no spreadsheet takes for a formula; `unshieldCell` gives the text back. */
export function shieldCell(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}

/** The text of a cell. */
export function unshieldCell(cell: string): string {
  return SHIELDED.test(cell) ? cell.slice(1) : cell;
}

/** Texts in one cell, `|` between them; a bar or a backslash within has a backslash before it. */
export function joinList(texts: readonly string[]): string {
  return texts.map((text) => text.replaceAll(/[\\|]/g, (character) => `\\${character}`)).join('|');
}

/** The texts of such a cell. */
export function splitList(cell: string): string[] {
  if (cell === '') return [];
  return cell
    .match(/(?:^|\|)(?:[^\\|]|\\.?)*/gsu)!
    .map((part, index) =>
      part.slice(index === 0 && !part.startsWith('|') ? 0 : 1).replaceAll(/\\(.)/gsu, '$1'),
    );
}
