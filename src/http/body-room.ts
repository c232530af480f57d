import { AppError } from '../errors.ts';
import { shareOf } from '../limits.ts';

export interface BodyRoomOptions {
  /** Bytes of the bodies of all requests that are being served. */
  maxBytes: number;
  onOverload?: (() => void) | undefined;
}

/** What one request holds. `leave()` gives it back, however often it is called. */
export interface BodyStay {
  /** Counts bytes that have come. Throws OVERLOADED, or COST_LIMIT for more than any request may bring. */
  take(bytes: number): void;
  leave(): void;
}

/** A body takes about as long. */
const RETRY_AFTER_MS = 1_000;

/**
 * Bounds the bytes of bodies in memory. Only what has come is counted, never what was announced: whoever stalls holds
 * next to nothing. One tenant holds at most its share, so that none can lock the others out.
 */
export class BodyRoom {
  readonly #maxBytes: number;
  readonly #onOverload: (() => void) | undefined;
  readonly #bytesOf = new Map<string, number>();
  #bytes = 0;

  constructor({ maxBytes, onOverload }: BodyRoomOptions) {
    this.#maxBytes = maxBytes;
    this.#onOverload = onOverload;
  }

  enter(tenantId: string): BodyStay {
    let held = 0;
    return {
      take: (bytes) => {
        checkBodyBytes(held + bytes, this.#maxBytes);
        this.#take(tenantId, bytes);
        held += bytes;
      },
      leave: () => {
        this.#add(tenantId, -held);
        held = 0;
      },
    };
  }

  #take(tenantId: string, bytes: number): void {
    const ofTenant = this.#bytesOf.get(tenantId) ?? 0;
    if (ofTenant + bytes > shareOf(this.#maxBytes) || this.#bytes + bytes > this.#maxBytes) {
      this.#onOverload?.();
      const message = `The server has no room for more of this now. Try again in ${RETRY_AFTER_MS} ms.`;
      throw new AppError('OVERLOADED', { message, retryAfterMs: RETRY_AFTER_MS });
    }
    this.#add(tenantId, bytes);
  }

  #add(tenantId: string, bytes: number): void {
    this.#bytes += bytes;
    const ofTenant = (this.#bytesOf.get(tenantId) ?? 0) + bytes;
    if (ofTenant === 0) this.#bytesOf.delete(tenantId);
    else this.#bytesOf.set(tenantId, ofTenant);
  }
}

/** Throws COST_LIMIT for a body that would not fit into an empty house. */
export function checkBodyBytes(bytes: number, maxBytes: number): void {
  if (bytes <= shareOf(maxBytes)) return;
  const message = `One request may bring at most ${shareOf(maxBytes)} bytes; this one has more. Send the images in several requests.`;
  throw new AppError('COST_LIMIT', { message, details: { maxBytes: shareOf(maxBytes) } });
}
