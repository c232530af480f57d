import { AppError } from '../errors.ts';

export interface TextRule {
  /** As the message begins: `A label's key`. */
  what: string;
  maxLength: number;
  path: string[];
  /** Whether lines and tabs are welcome. Default: no control character is. */
  multiline?: boolean;
}

/** Throws INVALID_INPUT where a text is blank, too long, or has characters that are no text. */
export function checkText(text: string, { what, maxLength, path, multiline = false }: TextRule): void {
  const refuse = (problem: string) => {
    throw new AppError('INVALID_INPUT', {
      message: `${what} has 1 to ${maxLength} characters; ${problem}.`,
      path,
    });
  };
  if (text.trim() === '') refuse('this one is empty');
  if (text.length > maxLength) refuse(`this one has ${text.length}`);
  if (!text.isWellFormed()) refuse('this one has half of a surrogate pair, which is no character');
  const control = text.match(multiline ? /[^\P{Cc}\n\r\t]/u : /\p{Cc}/u)?.[0];
  if (control !== undefined) refuse(`this one has the control character ${codePointOf(control)}`);
}

/** Whether Postgres can hold the text: no NUL, no half of a surrogate pair. One that it cannot hold is found nowhere. */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0');
}

function codePointOf(character: string): string {
  return `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
}
