interface Waiting {
  key: string;
  enter: () => void;
}

export interface GateOptions {
  /** How many may be inside at once. */
  total: number;
  /** How many of the same key. */
  perKey: number;
  /** How many of the same key may be inside or wait. */
  maxPerKey: number;
}

/** Lets in as many as there is room for; next comes who has fewest inside, however many others wait before it. */
export class Gate {
  readonly #options: GateOptions;
  readonly #inside = new Map<string, number>();
  #total = 0;
  #waiting: Waiting[] = [];

  constructor(options: GateOptions) {
    this.#options = options;
  }

  /** Whether so many more of this key may come. */
  hasRoom(key: string, count: number): boolean {
    const waiting = this.#waiting.filter((one) => one.key === key).length;
    return waiting + (this.#inside.get(key) ?? 0) + count <= this.#options.maxPerKey;
  }

  /** Resolves when there is room, to what gives the room back. Rejects with the signal's reason. */
  enter(key: string, signal: AbortSignal): Promise<() => void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.#waiting = this.#waiting.filter((one) => one !== waiting);
        reject(signal.reason);
      };
      const waiting: Waiting = {
        key,
        enter: () => {
          signal.removeEventListener('abort', leave);
          resolve(() => this.#leave(key));
        },
      };
      if (signal.aborted) return reject(signal.reason);
      signal.addEventListener('abort', leave, { once: true });
      this.#waiting.push(waiting);
      this.#admit();
    });
  }

  #leave(key: string): void {
    this.#total -= 1;
    const left = this.#inside.get(key)! - 1;
    if (left > 0) this.#inside.set(key, left);
    else this.#inside.delete(key);
    this.#admit();
  }

  #admit(): void {
    for (let next = this.#next(); next; next = this.#next()) {
      this.#waiting.splice(this.#waiting.indexOf(next), 1);
      this.#total += 1;
      this.#inside.set(next.key, this.#insideOf(next) + 1);
      next.enter();
    }
  }

  /** Of those that may enter, one whose key has fewest inside: of these the first that came. */
  #next(): Waiting | undefined {
    const { total, perKey } = this.#options;
    if (this.#total >= total) return undefined;
    let next: Waiting | undefined;
    let fewest = perKey;
    for (const waiting of this.#waiting) {
      const inside = this.#insideOf(waiting);
      if (inside >= fewest) continue;
      fewest = inside;
      next = waiting;
    }
    return next;
  }

  #insideOf({ key }: Waiting): number {
    return this.#inside.get(key) ?? 0;
  }
}
