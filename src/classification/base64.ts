import { setImmediate as nextTurn } from 'node:timers/promises';
import { AppError } from '../errors.ts';

/** Characters that are decoded at once: about a millisecond of work, after which others have their turn. */
const SLICE_LENGTH = 2 ** 20;
const DATA_URL = /^data:[^,]{0,200},/i;
const NOT_BASE64 = /[^A-Za-z0-9+/_-]/;

/**
 * Decodes base64 piece by piece: plain or as a data URL, of either alphabet, with or without padding, with white
 * space wherever it stands. Throws IMAGE_CORRUPT naming the first character that does not belong.
 */
export async function* decodeBase64(text: string): AsyncGenerator<Uint8Array> {
  const start = findData(text);
  const end = findEnd(text);
  let rest = '';
  for (let at = start; at < end; at += SLICE_LENGTH) {
    if (at > start) await nextTurn();
    const slice = text.slice(at, Math.min(end, at + SLICE_LENGTH));
    const characters = rest + (/\s/.test(slice) ? slice.replace(/\s+/g, '') : slice);
    if (NOT_BASE64.test(characters)) throw strangeCharacter(text, at);
    const isLast = at + SLICE_LENGTH >= end;
    if (isLast && characters.length % 4 === 1) throw cutShort();
    const whole = isLast ? characters.length : characters.length - (characters.length % 4);
    rest = characters.slice(whole);
    yield Buffer.from(characters.slice(0, whole), 'base64');
  }
}

/** Bytes that a base64 text gives, within a few. */
export function estimateDecodedBytes(text: string): number {
  return Math.ceil((text.length * 3) / 4);
}

function findData(text: string): number {
  const header = DATA_URL.exec(text)?.[0];
  if (header === undefined) return 0;
  if (/;base64,$/i.test(header)) return header.length;
  throw corrupt("A data URL must say that it is base64: 'data:image/png;base64,…'.");
}

/** Before the padding, of which there are up to two. */
function findEnd(text: string): number {
  return text.length - /[\s=]*$/.exec(text.slice(-100))![0].length;
}

function strangeCharacter(text: string, from: number): AppError {
  const at = from + text.slice(from).search(/[^A-Za-z0-9+/_\s-]/);
  const shown = JSON.stringify(String.fromCodePoint(text.codePointAt(at)!));
  return corrupt(`The character ${shown} at position ${at} is none of base64.`);
}

function cutShort(): AppError {
  return corrupt('The base64 text ends in the middle: its last group has one character only.');
}

function corrupt(message: string): AppError {
  const remedy = 'Send the whole base64 text of the file, or a data URL.';
  return new AppError('IMAGE_CORRUPT', { message: `${message} ${remedy}` });
}
