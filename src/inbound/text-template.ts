import { AppError } from '../errors.ts';
import { checkValuePath, readPath } from './json-path.ts';

const MAX_LENGTH = 2_048;
const MAX_PLACES = 10;
/** `{$.a.b}`, `{+$.a.b}` or `{$.a.b|decoded}`. */
const PLACE = /\{(\+?)(\$[^{}|]*)(\|decoded)?\}/g;

/**
 * A text with values of a message in it: one JSONPath, or a text in which JSONPaths stand in braces. In a URL a value is
 * percent-encoded, slashes aside; `{+…}` leaves it as it is (as RFC 6570 does). `|decoded` takes a value for
 * form-encoded, as S3 writes the keys of objects. Throws INVALID_INPUT at `field`.
 */
export function checkTemplate(template: string, field: readonly string[]): void {
  if (template.length > MAX_LENGTH) {
    throw new AppError('INVALID_INPUT', {
      message: `It has at most ${MAX_LENGTH} characters.`,
      path: [...field],
    });
  }
  if (template.startsWith('$')) return checkValuePath(template, field);
  const paths = [...template.matchAll(PLACE)].map(([, , path]) => path!);
  if (paths.length > MAX_PLACES) {
    throw new AppError('INVALID_INPUT', {
      message: `It has at most ${MAX_PLACES} JSONPaths; this has ${paths.length}.`,
      path: [...field],
    });
  }
  for (const path of paths) checkValuePath(path, field);
  if (!/[{}]/.test(template.replace(PLACE, ''))) return;
  throw new AppError('INVALID_INPUT', {
    message: "Braces hold a JSONPath without braces and bars: '{$.a.b}', '{+$.a.b}' or '{$.a.b|decoded}'.",
    path: [...field],
  });
}

/** The text for one value; null where a part of it is not there. Precondition: the template was checked. */
export function fillTemplate(template: string, value: unknown, { isUrl }: { isUrl: boolean }): string | null {
  if (template.startsWith('$')) return readText(value, template);
  let isWhole = true;
  const text = template.replace(PLACE, (_, plain: string, path: string, decoded: string | undefined) => {
    const found = readText(value, path);
    const part = found !== null && decoded ? decodeForm(found) : found;
    if (part === null) isWhole = false;
    else return isUrl && !plain ? part.split('/').map(encodeURIComponent).join('/') : part;
    return '';
  });
  return isWhole ? text : null;
}

/** The first value of a path as text; null where there is none, or none that is text or a number. */
function readText(value: unknown, path: string): string | null {
  const [first] = readPath(value, path);
  if (typeof first === 'number') return String(first);
  return typeof first === 'string' && first !== '' ? first : null;
}

/** Null where the text is not form-encoded. */
function decodeForm(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return null;
  }
}
