import type { Request } from 'express';
import { AppError } from '../errors.ts';
import { JsonMeter } from './json-meter.ts';
import { receiveBody, type ReceiveOptions } from './receive-body.ts';

export interface JsonOptions extends ReceiveOptions {
  maxBytes: number;
  maxValues: number;
}

export interface JsonBody {
  body: unknown;
  bytes: number;
}

/**
 * Reads a JSON body to its end. Throws COST_LIMIT, by the announced length before a byte is read; OVERLOADED;
 * INVALID_INPUT; DEADLINE_EXCEEDED for a client that keeps still.
 */
export async function readJson(request: Request, options: JsonOptions): Promise<JsonBody> {
  const { maxBytes, maxValues, take } = options;
  checkLength(Number(request.get('content-length') ?? 0), maxBytes);
  const pieces = await receiveBody<Buffer[]>(request, options, ({ resolve, reject }) => {
    const meter = new JsonMeter({ maxValues, take });
    const pieces: Buffer[] = [];
    let bytes = 0;
    const collect = (piece: Buffer) => {
      try {
        bytes += piece.length;
        checkLength(bytes, maxBytes);
        meter.add(piece);
        pieces.push(piece);
      } catch (error) {
        reject(error);
      }
    };
    const finish = () => resolve(pieces);
    request.on('data', collect).once('end', finish);
    return () => request.off('data', collect).off('end', finish);
  });
  const whole = Buffer.concat(pieces);
  return { body: parse(whole), bytes: whole.length };
}

/** What is neither plain nor UTF-8, as a sentence; a small packed body can be a large one. Undefined: it can be read. */
export function findForeignEncoding(request: Request): string | undefined {
  const encoding = request.get('content-encoding') ?? 'identity';
  if (encoding.toLowerCase() !== 'identity') return 'Send the body without a Content-Encoding.';
  const charset = /;\s*charset\s*=\s*"?([^\s;"]+)/i.exec(request.get('content-type') ?? '')?.[1] ?? 'utf-8';
  return /^utf-?8$/i.test(charset) ? undefined : 'Send the body in UTF-8.';
}

function checkLength(bytes: number, maxBytes: number): void {
  if (bytes <= maxBytes) return;
  const message = `The body may have at most ${maxBytes} bytes; this one has more.`;
  throw new AppError('COST_LIMIT', { message });
}

function parse(bytes: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as unknown;
  } catch (error) {
    throw new AppError('INVALID_INPUT', { message: `The body is not JSON: ${(error as Error).message}` });
  }
}
