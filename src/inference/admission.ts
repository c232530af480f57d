import { AppError } from '../errors.ts';
import { shareOf } from '../limits.ts';

/** Room for the images of one request. `release()` gives it back, once, however often it is called. */
export interface ImageSlot {
  release(): void;
}

export interface AdmissionOptions {
  maxQueuedImages: number;
  maxQueuedBytes: number;
  /** Measured time that one image takes of the whole service, in ms. */
  msPerImage: () => number;
  onOverload?: () => void;
}

/** Shorter waits only make clients hammer, longer ones are guesses. */
const SHORTEST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 60_000;

/** What one request asks for; `tenantId` is the key of a share. */
export interface AdmissionRequest {
  tenantId: string;
  images: number;
  bytes: number;
}

interface Held {
  images: number;
  bytes: number;
}

/**
 * Bounds what is in the house, by count and bytes. A request is admitted whole or not at all: one that was let in
 * never fails by overload half way. One tenant holds at most half of either, so that it can fill its own half only.
 */
export class Admission {
  readonly #options: AdmissionOptions;
  /** What a tenant may hold at most. */
  readonly #share: Held;
  readonly #all: Held = { images: 0, bytes: 0 };
  readonly #byTenant = new Map<string, Held>();

  constructor(options: AdmissionOptions) {
    this.#options = options;
    this.#share = { images: shareOf(options.maxQueuedImages), bytes: shareOf(options.maxQueuedBytes) };
  }

  get images(): number {
    return this.#all.images;
  }

  /** Throws OVERLOADED with `retryAfterMs`, or INVALID_INPUT for what would not fit into an empty house either. */
  admit({ tenantId, images, bytes }: AdmissionRequest): ImageSlot {
    const share = this.#share;
    if (images > share.images || bytes > share.bytes) {
      const message = `One request may bring at most ${share.images} images of ${share.bytes} bytes together; this one has ${images} of ${bytes}. Send them in several requests.`;
      const details = { maxQueuedImages: share.images, maxQueuedBytes: share.bytes };
      throw new AppError('INVALID_INPUT', { message, details });
    }
    if (!this.#hasRoom(tenantId, { images, bytes })) {
      this.#options.onOverload?.();
      const retryAfterMs = this.#retryAfterMs(tenantId, images);
      const message = `The server is working on ${this.#of(tenantId).images} images of this tenant and ${this.#all.images} in all, and has no room for ${images} more. Try again in ${retryAfterMs} ms.`;
      throw new AppError('OVERLOADED', { message, retryAfterMs });
    }
    this.#add(tenantId, { images, bytes });
    let released = false;
    return {
      release: () => {
        if (released) return;
        released = true;
        this.#add(tenantId, { images: -images, bytes: -bytes });
      },
    };
  }

  /** A cheap look before a body is read: undefined while one more image would fit; anything else is a refusal. */
  overloaded(tenantId: string): { retryAfterMs: number } | undefined {
    if (this.#hasRoom(tenantId, { images: 1, bytes: 1 })) return undefined;
    this.#options.onOverload?.();
    return { retryAfterMs: this.#retryAfterMs(tenantId, 1) };
  }

  #hasRoom(tenantId: string, { images, bytes }: Held): boolean {
    const { maxQueuedImages, maxQueuedBytes } = this.#options;
    const own = this.#of(tenantId);
    return (
      this.#all.images + images <= maxQueuedImages &&
      this.#all.bytes + bytes <= maxQueuedBytes &&
      own.images + images <= this.#share.images &&
      own.bytes + bytes <= this.#share.bytes
    );
  }

  #of(tenantId: string): Held {
    return this.#byTenant.get(tenantId) ?? { images: 0, bytes: 0 };
  }

  #add(tenantId: string, { images, bytes }: Held): void {
    const own = this.#of(tenantId);
    const changed = { images: own.images + images, bytes: own.bytes + bytes };
    if (changed.images === 0) this.#byTenant.delete(tenantId);
    else this.#byTenant.set(tenantId, changed);
    this.#all.images += images;
    this.#all.bytes += bytes;
  }

  /** As long as the images that must go first will take; at least one must, when it was bytes that ran out. */
  #retryAfterMs(tenantId: string, images: number): number {
    const excess = Math.max(
      1,
      this.#all.images + images - this.#options.maxQueuedImages,
      this.#of(tenantId).images + images - this.#share.images,
    );
    const estimateMs = Math.ceil(excess * this.#options.msPerImage());
    return Math.min(LONGEST_RETRY_MS, Math.max(SHORTEST_RETRY_MS, estimateMs));
  }
}
