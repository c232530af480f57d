import { Readable } from 'node:stream';
import { CsvError, parse } from 'csv-parse';
import type { LocalizedText } from '../label-name.ts';
import { createTurns } from '../turns.ts';
import { readHeader, splitList, unshieldCell, type Column } from './csv-columns.ts';
import type { FileLabel, ImportProblem, ParsedFile } from './label-file.ts';

interface CsvRecord {
  record: string[];
  info: { lines: number };
}

const CHUNK_LENGTH = 32_768;

/** Reads labels from CSV: a header, then a label a record. Commas, semicolons or tabs, as the header has them. */
export async function parseCsvFile(text: string): Promise<ParsedFile> {
  const turn = createTurns();
  const labels: FileLabel[] = [];
  const problems: ImportProblem[] = [];
  let columns: Column[] | undefined;
  let line = 1;
  const records = readRecords(text);
  try {
    for await (const { record, info } of records.stream) {
      await turn();
      const here = line;
      line = info.lines + 1;
      if (record.length === 1 && record[0]!.trim() === '') continue;
      if (!columns) {
        const header = readHeader(record);
        if ('problem' in header) {
          const problem: ImportProblem = {
            line: here,
            code: 'HEADER_INVALID',
            message: `${header.problem}.`,
          };
          return { labels, problems: [problem], layout: null };
        }
        columns = header;
      } else if (record.length === columns.length) labels.push(toLabel(here, record, columns));
      else problems.push(wrongCount(here, record, columns));
    }
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const message = `From here on this is no CSV: ${error.message.slice(0, 200)}.`;
    problems.push({ line: records.parsedLines() + 1, code: 'SYNTAX_INVALID', message });
  }
  return { labels, problems, layout: null };
}

/** The parser is ahead of its reader: `parsedLines` says where it is, and where it stopped at a mistake. */
function readRecords(text: string): { stream: AsyncIterable<CsvRecord>; parsedLines: () => number } {
  let parsedLines = 0;
  const delimiter = /^[^\n]*?([,;\t])/.exec(text)?.[1] ?? ',';
  const parser = parse({
    delimiter,
    info: true,
    relax_column_count: true,
    record_delimiter: ['\r\n', '\n'],
    on_record: (record: string[], { lines }) => {
      parsedLines = lines;
      return record;
    },
  });
  Readable.from(chunksOf(text)).pipe(parser);
  return { stream: parser as AsyncIterable<CsvRecord>, parsedLines: () => parsedLines };
}

/** Each chunk is parsed in one go: small ones leave turns to others. */
function* chunksOf(text: string): Generator<string> {
  for (let start = 0; start < text.length; start += CHUNK_LENGTH) {
    yield text.slice(start, start + CHUNK_LENGTH);
  }
}

function wrongCount(line: number, record: string[], columns: Column[]): ImportProblem {
  const message = `Expected ${columns.length} cells, as the header has; got ${record.length}.`;
  return { line, code: 'SYNTAX_INVALID', message };
}

function toLabel(line: number, record: string[], columns: Column[]): FileLabel {
  const label: FileLabel = { line, key: '', names: [], nameLanguages: languagesOf(columns, 'name') };
  const orders: { names?: string; synonyms?: string } = {};
  const synonyms: LocalizedText[] = [];
  for (const [index, column] of columns.entries()) {
    const cell = unshieldCell(record[index]!);
    if (column.kind === 'name') {
      if (cell !== '') label.names.push({ language: column.language, text: cell });
    } else if (column.kind === 'synonyms') {
      synonyms.push(...splitList(cell).map((text) => ({ language: column.language, text })));
    } else if (column.kind === 'key') label.key = cell;
    else if (column.kind === 'nameOrder') orders.names = cell;
    else if (column.kind === 'synonymOrder') orders.synonyms = cell;
    else if (column.kind === 'position') label.position = cell === '' ? null : Number(cell);
    else label[column.kind] = cell === '' ? null : cell;
  }
  label.names = inOrder(label.names, orders.names);
  const synonymLanguages = languagesOf(columns, 'synonyms');
  if (synonymLanguages.length === 0) return label;
  return { ...label, synonyms: inOrder(synonyms, orders.synonyms), synonymLanguages };
}

function languagesOf(columns: Column[], kind: 'name' | 'synonyms'): string[] {
  return columns.flatMap((column) => ('language' in column && column.kind === kind ? [column.language] : []));
}

/** Texts in the order that a cell gives: a language for each of them, `zh en zh`. Those it forgets come last. */
function inOrder(texts: LocalizedText[], order: string | undefined): LocalizedText[] {
  if (!order) return texts;
  const left = [...texts];
  const ordered = order.split(' ').flatMap((language) => {
    const at = left.findIndex((text) => text.language === language);
    return at === -1 ? [] : left.splice(at, 1);
  });
  return [...ordered, ...left];
}
