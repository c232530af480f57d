import type { Request } from 'express';
import { AppError } from '../errors.ts';
import { receiveBody, type ReceiveOptions } from './receive-body.ts';

export interface BytesOptions extends ReceiveOptions {
  maxBytes: number;
  /** Looks at each piece as it comes; throws where the body is refused for it. */
  inspect?: (piece: Buffer) => void;
}

/**
 * Reads a body to its end. Throws COST_LIMIT, by the announced length before a byte is read; OVERLOADED; INVALID_INPUT;
 * DEADLINE_EXCEEDED for a client that keeps still.
 */
export async function readBytes(request: Request, options: BytesOptions): Promise<Buffer> {
  const { maxBytes, inspect } = options;
  checkLength(Number(request.get('content-length') ?? 0), maxBytes);
  const pieces = await receiveBody<Buffer[]>(request, options, ({ resolve, reject }) => {
    const pieces: Buffer[] = [];
    let bytes = 0;
    const collect = (piece: Buffer) => {
      try {
        bytes += piece.length;
        checkLength(bytes, maxBytes);
        inspect?.(piece);
        pieces.push(piece);
      } catch (error) {
        reject(error);
      }
    };
    const finish = () => resolve(pieces);
    request.on('data', collect).once('end', finish);
    return () => request.off('data', collect).off('end', finish);
  });
  return Buffer.concat(pieces);
}

function checkLength(bytes: number, maxBytes: number): void {
  if (bytes <= maxBytes) return;
  const message = `The body may have at most ${maxBytes} bytes; this one has more.`;
  throw new AppError('COST_LIMIT', { message });
}
