import { parseCsvFile } from './csv-file.ts';
import { decodeFile } from './decode-file.ts';
import { parseIabTsv } from './iab-tsv.ts';
import { parseJsonFile } from './json-file.ts';
import type { LabelFormat, ParsedFile } from './label-file.ts';
import { GOOGLE, parsePathLines, SHOPIFY } from './path-lines.ts';

/** Reads a file of labels. `language`: of the names in formats that do not say it. Mistakes are problems, never thrown. */
export async function parseFile(
  bytes: Uint8Array,
  format: LabelFormat,
  language: string,
): Promise<ParsedFile> {
  const file = decodeFile(bytes);
  if ('code' in file) return { labels: [], problems: [file], layout: null };
  const parsed = await parseText[format](file, language);
  if (parsed.labels.length > 0 || parsed.problems.length > 0) return parsed;
  const message = 'The file has no labels.';
  return { ...parsed, problems: [{ line: 1, code: 'FILE_EMPTY', message }] };
}

type Parse = (file: { text: string; hasBom: boolean }, language: string) => Promise<ParsedFile>;

const parseText: Record<LabelFormat, Parse> = {
  CSV: ({ text }) => parseCsvFile(text),
  JSON: ({ text }) => parseJsonFile(text),
  SHOPIFY: (file, language) => parsePathLines(SHOPIFY, file, language),
  GOOGLE: (file, language) => parsePathLines(GOOGLE, file, language),
  IAB: parseIabTsv,
};
