import { stringify } from 'csv-stringify/sync';
import { localizedTexts, type LocalizedText } from '../label-name.ts';
import type { Label } from '../../database/generated/client.ts';
import { joinList, shieldCell, titleOf, type Column } from './csv-columns.ts';

type ExportedLabel = Pick<Label, 'key' | 'names' | 'synonyms' | 'description' | 'parentKey' | 'position'>;

// Excel reads UTF-8 only behind a byte order mark. What another locale's spreadsheet splits at is quoted, too.
const BOM = '\uFEFF';
const FORM = { record_delimiter: '\r\n' as const, quoted_match: /[;\t\r\n]|^ | $/ };

/** Writes labels as CSV with a column a language. `languages`: of their names, and of their synonyms. */
export function createCsvWriter(languages: { names: readonly string[]; synonyms: readonly string[] }) {
  const columns: Column[] = [
    { kind: 'key' },
    { kind: 'parentKey' },
    { kind: 'position' },
    ...languages.names.map((language): Column => ({ kind: 'name', language })),
    ...languages.synonyms.map((language): Column => ({ kind: 'synonyms', language })),
    { kind: 'description' },
    { kind: 'nameOrder' },
    { kind: 'synonymOrder' },
  ];
  return {
    head: () => BOM + stringify([columns.map(titleOf)], FORM),
    rows: (labels: readonly ExportedLabel[]) =>
      stringify(
        labels.map((label) => columns.map((column) => shieldCell(toCell(label, column, languages)))),
        FORM,
      ),
  };
}

function toCell(
  label: ExportedLabel,
  column: Column,
  languages: { names: readonly string[]; synonyms: readonly string[] },
): string {
  switch (column.kind) {
    case 'key':
      return label.key;
    case 'parentKey':
      return label.parentKey ?? '';
    case 'position':
      return String(label.position);
    case 'description':
      return label.description ?? '';
    case 'nameOrder':
      return orderOf(localizedTexts(label.names), languages.names);
    case 'synonymOrder':
      return orderOf(localizedTexts(label.synonyms), languages.synonyms);
    case 'name':
      return textsIn(label.names, column.language)[0] ?? '';
    case 'synonyms':
      return joinList(textsIn(label.synonyms, column.language));
  }
}

function textsIn(texts: Label['names'], language: string): string[] {
  return localizedTexts(texts).flatMap((text) => (text.language === language ? [text.text] : []));
}

/** The languages of texts in their order, where that is not the order of the columns. */
function orderOf(texts: LocalizedText[], columns: readonly string[]): string {
  const order = texts.map(({ language }) => language);
  const sorted = order.toSorted((a, b) => columns.indexOf(a) - columns.indexOf(b));
  return order.join(' ') === sorted.join(' ') ? '' : order.join(' ');
}
