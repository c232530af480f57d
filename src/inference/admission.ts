import { AppError } from '../errors.ts';

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

/**
 * Bounds what is in the house, by count and bytes. A request is admitted whole or not at all: one that was let in
 * never fails by overload half way.
 */
export class Admission {
  readonly #options: AdmissionOptions;
  #images = 0;
  #bytes = 0;

  constructor(options: AdmissionOptions) {
    this.#options = options;
  }

  get images(): number {
    return this.#images;
  }

  /** Throws OVERLOADED with `retryAfterMs`, or INVALID_INPUT for what would not fit into an empty house either. */
  admit({ images, bytes }: { images: number; bytes: number }): ImageSlot {
    const { maxQueuedImages, maxQueuedBytes, onOverload } = this.#options;
    if (images > maxQueuedImages || bytes > maxQueuedBytes) {
      const message = `One request may bring at most ${maxQueuedImages} images of ${maxQueuedBytes} bytes together; this one has ${images} of ${bytes}. Send them in several requests.`;
      throw new AppError('INVALID_INPUT', { message, details: { maxQueuedImages, maxQueuedBytes } });
    }
    if (this.#images + images > maxQueuedImages || this.#bytes + bytes > maxQueuedBytes) {
      onOverload?.();
      const retryAfterMs = this.#retryAfterMs(images);
      const message = `The server is working on ${this.#images} images and has no room for ${images} more. Try again in ${retryAfterMs} ms.`;
      throw new AppError('OVERLOADED', { message, retryAfterMs });
    }
    this.#images += images;
    this.#bytes += bytes;
    let released = false;
    return {
      release: () => {
        if (released) return;
        released = true;
        this.#images -= images;
        this.#bytes -= bytes;
      },
    };
  }

  /** A cheap look before a body is read: undefined while one more image would fit. */
  overloaded(): { retryAfterMs: number } | undefined {
    const { maxQueuedImages, maxQueuedBytes } = this.#options;
    const hasRoom = this.#images < maxQueuedImages && this.#bytes < maxQueuedBytes;
    return hasRoom ? undefined : { retryAfterMs: this.#retryAfterMs(1) };
  }

  /** As long as the images that must go first will take; at least one must, when it was bytes that ran out. */
  #retryAfterMs(images: number): number {
    const excess = Math.max(1, this.#images + images - this.#options.maxQueuedImages);
    const estimateMs = Math.ceil(excess * this.#options.msPerImage());
    return Math.min(LONGEST_RETRY_MS, Math.max(SHORTEST_RETRY_MS, estimateMs));
  }
}
