/** A batcher, as far as taking turns goes. */
export interface Turn {
  readonly waiting: number;
  dispatch(): Promise<void>;
  onWaiting: () => void;
}

/**
 * Gives each free child to the batchers that share it, turn by turn: images and texts neither starve each other nor
 * wait for a time window. Call `pump` whenever a child may have become free.
 */
export class Dispatcher {
  readonly #idle: () => number;
  readonly #turns: Turn[];

  constructor({ idle, batchers }: { idle: () => number; batchers: Turn[] }) {
    this.#idle = idle;
    this.#turns = [...batchers];
    for (const batcher of batchers) batcher.onWaiting = () => this.pump();
  }

  pump(): void {
    while (this.#idle() > 0) {
      const place = this.#turns.findIndex(({ waiting }) => waiting > 0);
      if (place === -1) return;
      const [next] = this.#turns.splice(place, 1);
      this.#turns.push(next!);
      void next!.dispatch().finally(() => this.pump());
    }
  }
}
