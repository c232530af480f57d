import type { LocalizedText } from '../label-name.ts';

/** Formats of files of labels; the same names as the GraphQL enum. */
export type LabelFormat = 'CSV' | 'JSON' | 'SHOPIFY' | 'GOOGLE' | 'IAB';

/** What is wrong with a line; the same names as the GraphQL enum `ImportProblemCode`. */
export type ProblemCode =
  | 'FILE_EMPTY'
  | 'ENCODING_INVALID'
  | 'HEADER_INVALID'
  | 'SYNTAX_INVALID'
  | 'VALUE_INVALID'
  | 'KEY_DUPLICATE'
  | 'PARENT_UNKNOWN'
  | 'PARENT_AMBIGUOUS'
  | 'LABEL_CYCLE'
  | 'TOO_DEEP'
  | 'TOO_MANY_LABELS';

export interface ImportProblem {
  /** Counts from 1; where a record spans lines, its first. */
  line: number;
  code: ProblemCode;
  message: string;
}

/** A label as a file tells it: what is undefined there stays as it is in the draft. */
export interface FileLabel {
  line: number;
  key: string;
  names: LocalizedText[];
  /** The languages that the file speaks: names in others stay. Null: all. */
  nameLanguages: readonly string[] | null;
  synonyms?: LocalizedText[];
  /** The same of synonyms. */
  synonymLanguages?: readonly string[] | null;
  description?: string | null;
  parentKey?: string | null;
  position?: number | null;
}

/** What a file of a foreign format says beside its labels: kept, so that the export is the file again, byte for byte. */
export interface FileLayout {
  /** Lines before the first label: comments, a version, the names of columns. */
  head: string[];
  hasBom: boolean;
  eol: '\n' | '\r\n';
  endsWithEol: boolean;
  /** SHOPIFY: whether ids are padded to the longest. */
  isPadded?: boolean;
  /** IAB: what cells hold that is none of a label's. */
  extras?: [key: string, column: string, text: string][];
  /** Keys in the order of their lines. */
  order?: string[];
  /** Lines that are not as they would be written, for spaces or for tiers that say something else. */
  lines?: [key: string, written: string, original: string][];
}

export interface ParsedFile {
  labels: FileLabel[];
  problems: ImportProblem[];
  /** Null for our own formats, which say everything in their labels. */
  layout: FileLayout | null;
}

/** A label of a foreign format while it is written: ancestors and itself by name, from the top down. */
export interface PathLabel {
  key: string;
  parentKey: string | null;
  path: string[];
}
