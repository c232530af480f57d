import type { ImportProblem } from './label-file.ts';

export interface DecodedFile {
  text: string;
  hasBom: boolean;
}

const BOM = '\uFEFF';

/** A file as text, its byte order mark aside; or the problem, where it is not UTF-8 or holds no text. */
export function decodeFile(bytes: Uint8Array): DecodedFile | ImportProblem {
  const text = decodeUtf8(bytes);
  if (text === null) {
    const line = 1 + bytes.subarray(0, findBadByte(bytes)).filter((byte) => byte === 10).length;
    return {
      line,
      code: 'ENCODING_INVALID',
      message: 'The file is not UTF-8: save it as UTF-8 (with or without a byte order mark).',
    };
  }
  const hasBom = text.startsWith(BOM);
  const content = hasBom ? text.slice(1) : text;
  if (content.trim() !== '') return { text: content, hasBom };
  return { line: 1, code: 'FILE_EMPTY', message: 'The file is empty.' };
}

function decodeUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** Where the bytes stop being UTF-8, by bisection: what comes before it decodes as the beginning of a stream. */
function findBadByte(bytes: Uint8Array): number {
  let low = 0;
  let high = bytes.length;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (isBeginning(bytes.subarray(0, middle))) low = middle;
    else high = middle - 1;
  }
  return low;
}

function isBeginning(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** The lines of a text without their ends, and what the ends are: those of the first line. */
export function splitLines(text: string): { lines: string[]; eol: '\n' | '\r\n'; endsWithEol: boolean } {
  const lines = text.split(/\r?\n/);
  const endsWithEol = lines.at(-1) === '';
  if (endsWithEol) lines.pop();
  const eol = /^[^\n]*\r\n/.test(text) ? '\r\n' : '\n';
  return { lines, eol, endsWithEol };
}
