import { z } from 'zod';
import type { ImageSource } from '../classification/classify-input.ts';
import { AppError } from '../errors.ts';
import { JsonMeter } from '../json-meter.ts';
import { BULK_LIMITS } from '../limits.ts';
import { isStorable } from '../taxonomy/text-rules.ts';

const Described = {
  reference: z.string().nullish(),
  metadata: z.record(z.string(), z.unknown()).nullish(),
};
const Line = z.union([
  z.strictObject({ url: z.url({ protocol: /^https?$/ }), ...Described }),
  z.strictObject({ base64: z.string(), ...Described }),
]);

/**
 * The items of a JSONL file: on each line `{ "url" or "base64", "reference"?, "metadata"? }`; empty lines are passed
 * over. Throws INVALID_INPUT naming the first line that is not one, or where there is too much to read in good time.
 */
export function readJsonl(bytes: Uint8Array): ImageSource[] {
  checkValues(bytes);
  const items: ImageSource[] = [];
  for (const [index, text] of decode(bytes).split('\n').entries()) {
    if (text.trim() === '') continue;
    if (items.length === BULK_LIMITS.items) {
      throw invalid(`The file has more than ${BULK_LIMITS.items} items; send them in several jobs.`);
    }
    items.push(readLine(text, index + 1));
  }
  return items;
}

/** Before any line is parsed: 16 MB of small numbers in metadata would hold the process for seconds. */
function checkValues(bytes: Uint8Array): void {
  try {
    new JsonMeter({ maxValues: BULK_LIMITS.fileValues, take() {} }).add(bytes);
  } catch {
    throw invalid(
      `The file has more than ${BULK_LIMITS.fileValues} values (scalars, lists and objects); send less metadata, or several jobs.`,
    );
  }
}

function decode(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw invalid('The file must be JSONL in UTF-8.');
  }
}

function readLine(text: string, number: number): ImageSource {
  const { reference = null, metadata = null, ...source } = parseLine(text, number);
  const content = 'url' in source ? { url: source.url } : { base64: source.base64 };
  return { content, reference, metadata };
}

/** A reviver: every string and name of the line passes here. */
function refuseUnstorable(name: string, value: unknown): unknown {
  if (isStorable(name) && (typeof value !== 'string' || isStorable(value))) return value;
  throw new Error('NUL and halves of surrogate pairs are no text');
}

function parseLine(text: string, number: number): z.infer<typeof Line> {
  try {
    return Line.parse(JSON.parse(text, refuseUnstorable));
  } catch {
    throw invalid(
      `Line ${number} must be a JSON object with a 'url' (http or https) or a 'base64', and perhaps a 'reference' and 'metadata'; no text of it has NUL or half of a surrogate pair.`,
    );
  }
}

function invalid(message: string): AppError {
  return new AppError('INVALID_INPUT', { message, path: ['file'] });
}
