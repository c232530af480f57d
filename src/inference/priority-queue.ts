import { FairQueue } from './fair-queue.ts';

/** Batches of work that somebody waits for, to one of bulk, while both wait. */
const TURNS_BEFORE_BULK = 7;

export interface Queued {
  tenantId: string;
  /** Nobody waits for it: it yields. */
  bulk?: boolean | undefined;
}

/**
 * Two fair queues: bulk work goes when nothing else waits, and every eighth time in any case, so that it yields and
 * never starves. What is taken together is of one kind: nobody's batch is longer for the sake of bulk.
 */
export class PriorityQueue<Item extends Queued> {
  readonly #urgent = new FairQueue<Item>();
  readonly #bulk = new FairQueue<Item>();
  /** Times that bulk work waited and other work was taken, since it had a turn. */
  #yielded = 0;

  get size(): number {
    return this.#urgent.size + this.#bulk.size;
  }

  add(item: Item): void {
    this.#queueOf(item).add(item);
  }

  /** Takes out an item that no longer waits, if it is here. */
  delete(item: Item): void {
    this.#queueOf(item).delete(item);
  }

  /** Takes up to `count` items of the kind whose turn it is. */
  take(count: number): Item[] {
    const isBulkTurn = this.#urgent.size === 0 || this.#yielded >= TURNS_BEFORE_BULK;
    if (isBulkTurn && this.#bulk.size > 0) {
      this.#yielded = 0;
      return this.#bulk.take(count);
    }
    this.#yielded = this.#bulk.size > 0 ? this.#yielded + 1 : 0;
    return this.#urgent.take(count);
  }

  /** Takes everything. */
  clear(): Item[] {
    this.#yielded = 0;
    return [...this.#urgent.take(Infinity), ...this.#bulk.take(Infinity)];
  }

  #queueOf({ bulk }: Item): FairQueue<Item> {
    return bulk ? this.#bulk : this.#urgent;
  }
}
