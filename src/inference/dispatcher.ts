/** One kind of work and the children that do it, as far as taking turns goes. */
export interface Lane {
  /** Batches' worth of work that waits. */
  readonly waiting: number;
  /** Children that could take a batch now. */
  readonly idle: number;
  dispatch(): Promise<void>;
}

/**
 * Gives `slots` batches at once, turn by turn, to the lanes that have both work and a free child: images and texts,
 * and models among themselves, neither starve each other nor wait for a time window, nor take more cores than they
 * were given. Call `pump` whenever work came or a child may have become free.
 */
export class Dispatcher {
  #free: number;
  readonly #lanes: Lane[];

  constructor({ slots, lanes }: { slots: number; lanes: readonly Lane[] }) {
    this.#free = slots;
    this.#lanes = [...lanes];
  }

  pump(): void {
    while (this.#free > 0) {
      const place = this.#lanes.findIndex(({ waiting, idle }) => waiting > 0 && idle > 0);
      if (place === -1) return;
      const [next] = this.#lanes.splice(place, 1);
      this.#lanes.push(next!);
      this.#free--;
      void next!.dispatch().finally(() => {
        this.#free++;
        this.pump();
      });
    }
  }
}
