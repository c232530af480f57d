import type { Request } from 'express';
import { AppError } from '../errors.ts';

export interface ReceiveOptions {
  /** Who keeps still for longer is cut off. */
  idleMs: number;
  /** Counts bytes that have come; throws where there is no room for them. */
  take: (bytes: number) => void;
}

export interface Outcome<Body> {
  resolve: (body: Body) => void;
  reject: (reason: unknown) => void;
}

/** A piece counts for as many bytes at least: so much it takes in memory, and a client may send single bytes. */
const LEAST_PIECE_BYTES = 400;

/**
 * Watches over a body while `consume` reads it: counts each piece, and gives up on a client that keeps still or leaves.
 * `consume` returns what stops it. What is still to come after a failure is thrown away, so that the answer finds its
 * way. Throws INVALID_INPUT where the client left, DEADLINE_EXCEEDED where it kept still, and what `take` throws.
 */
export async function receiveBody<Body>(
  request: Request,
  { idleMs, take }: ReceiveOptions,
  consume: (outcome: Outcome<Body>) => () => void,
): Promise<Body> {
  const { promise, ...outcome } = Promise.withResolvers<Body>();
  let pieces = 0;
  // When this process was late itself, what came meanwhile is read before the verdict.
  const judge = (seen: number) => void (pieces === seen && outcome.reject(stalled(idleMs)));
  const idle = setTimeout(() => setImmediate(judge, pieces), idleMs);
  const count = (piece: Buffer) => {
    pieces += 1;
    idle.refresh();
    try {
      take(Math.max(piece.length, LEAST_PIECE_BYTES));
    } catch (error) {
      outcome.reject(error);
    }
  };
  const leave = () => void (request.readableEnded || outcome.reject(clientLeft()));
  request.on('data', count).once('close', leave);
  if (request.destroyed) leave();
  const stop = consume(outcome);
  try {
    return await promise;
  } finally {
    clearTimeout(idle);
    request.off('data', count).off('close', leave);
    stop();
    request.resume();
  }
}

function stalled(idleMs: number): AppError {
  const message = `Nothing of the body came for ${idleMs} ms. Send it without a pause.`;
  return new AppError('DEADLINE_EXCEEDED', { message });
}

function clientLeft(): AppError {
  return new AppError('INVALID_INPUT', { message: 'The client left before the end of the body.' });
}
