import type { Request } from 'express';
import { AppError } from '../errors.ts';
import { JsonMeter } from '../json-meter.ts';
import { readBytes } from './read-bytes.ts';
import type { ReceiveOptions } from './receive-body.ts';

export interface JsonOptions extends ReceiveOptions {
  maxBytes: number;
  maxValues: number;
}

export interface JsonBody {
  body: unknown;
  bytes: number;
}

/** Reads a JSON body to its end. Throws what `readBytes` throws, and COST_LIMIT for too many values. */
export async function readJson(request: Request, options: JsonOptions): Promise<JsonBody> {
  const meter = new JsonMeter(options);
  const whole = await readBytes(request, { ...options, inspect: (piece) => meter.add(piece) });
  return { body: parseJson(whole), bytes: whole.length };
}

/** What is neither plain nor UTF-8, as a sentence; a small packed body can be a large one. Undefined: it can be read. */
export function findForeignEncoding(request: Request): string | undefined {
  const encoding = request.get('content-encoding') ?? 'identity';
  if (encoding.toLowerCase() !== 'identity') return 'Send the body without a Content-Encoding.';
  const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(request.get('content-type') ?? '')?.[1] ?? 'utf-8';
  return /^utf-?8$/i.test(charset) ? undefined : 'Send the body in UTF-8.';
}

/** Throws INVALID_INPUT where the bytes are not JSON in UTF-8. */
export function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch (error) {
    throw new AppError('INVALID_INPUT', { message: `The body is not JSON: ${(error as Error).message}` });
  }
}
