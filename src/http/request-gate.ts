import { AppError } from '../errors.ts';
import { MovingAverage } from '../inference/moving-average.ts';

export interface GateOptions {
  /** Called at each refusal. */
  onOverload?: () => void;
  now?: () => number;
}

/** One request behind the gate. */
export interface GateStay {
  /** It waits for its client, or for strangers: meanwhile it is no work of ours. */
  pause(): void;
  /** After `leave` it changes nothing. */
  resume(): void;
  /** Once, with whether the request was really served. */
  leave(served: boolean): void;
}

/** So many requests ahead are always fine: fewer would leave processes idle between two requests. */
const FEWEST_AHEAD = 12;
/** Beyond those, as many as are done in this time. */
const MAX_WAIT_MS = 200;
/** A queue that is gone by then was a burst. One that stays is overload, and waiting in it helps nobody. */
const PATIENCE_MS = 1_000;
/** A busy process sees requests that were sent at once one after the other, later than that: so many are a burst, too. */
const BURST = 250;
/** Overload is over when nobody was refused for so long: else each lull in it would let a burst in. */
const CALM_MS = 5_000;
const SHORTEST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 60_000;

/**
 * Lets requests with images in, or refuses them early. Calm -> (more in progress than are done in a moment) strained ->
 * (still so a second and 250 requests later) overloaded -> (less than half in progress, and nobody refused lately)
 * calm. Only the overloaded gate refuses, and only tenants with too much ahead of them: as many of each other tenant's
 * requests as they have in progress themselves, because tenants take turns. So a tenant that floods is refused, and
 * one beside it is let in.
 */
export class RequestGate {
  readonly #onOverload: () => void;
  readonly #now: () => number;
  readonly #inProgress = new Map<string, number>();
  readonly #msPerRequest = new MovingAverage({ initial: 50, weight: 0.05 });
  #total = 0;
  #lastDoneAt = 0;
  #refusedAt = -Infinity;
  #strained: { since: number; entered: number } | null = null;

  constructor({ onOverload = () => {}, now = () => performance.now() }: GateOptions = {}) {
    this.#onOverload = onOverload;
    this.#now = now;
  }

  /** Requests in progress. */
  get total(): number {
    return this.#total;
  }

  /** Throws OVERLOADED with a time to retry. */
  enter(tenantId: string): GateStay {
    const now = this.#now();
    this.#calmDown(now);
    const room = this.#room();
    if (this.#total >= room) this.#strained ??= { since: now, entered: 0 };
    const ahead = this.#aheadOf(tenantId);
    if (this.#isOverloaded(now) && ahead >= room) throw this.#refusal(ahead + 1 - room);
    if (this.#strained) this.#strained.entered += 1;
    return this.#stay(tenantId);
  }

  #stay(tenantId: string): GateStay {
    let state: 'away' | 'counted' | 'left' = 'away';
    const turn = (next: typeof state) => {
      if (state === next || state === 'left') return;
      if (next === 'counted' && this.#total === 0) this.#lastDoneAt = this.#now(); // what was idle before was not the pace
      if (state === 'counted' || next === 'counted') this.#add(tenantId, next === 'counted' ? 1 : -1);
      state = next;
    };
    turn('counted');
    return {
      pause: () => turn('away'),
      resume: () => turn('counted'),
      leave: (served) => {
        turn('left');
        this.#leave(served);
      },
    };
  }

  #leave(served: boolean): void {
    const now = this.#now();
    if (served) {
      this.#msPerRequest.add(now - this.#lastDoneAt);
      this.#lastDoneAt = now;
    }
    this.#calmDown(now);
  }

  /** Looked at whenever somebody comes or goes: an idle server is calm, whoever left last. */
  #calmDown(now: number): void {
    if (this.#total < this.#room() / 2 && now - this.#refusedAt >= CALM_MS) this.#strained = null;
  }

  #isOverloaded(now: number): boolean {
    return (
      this.#strained !== null && now - this.#strained.since >= PATIENCE_MS && this.#strained.entered >= BURST
    );
  }

  #room(): number {
    return Math.max(FEWEST_AHEAD, MAX_WAIT_MS / this.#msPerRequest.value);
  }

  #aheadOf(tenantId: string): number {
    const own = this.#inProgress.get(tenantId) ?? 0;
    let ahead = own;
    for (const [other, count] of this.#inProgress) if (other !== tenantId) ahead += Math.min(count, own + 1);
    return ahead;
  }

  #add(tenantId: string, change: 1 | -1): void {
    this.#total += change;
    const count = (this.#inProgress.get(tenantId) ?? 0) + change;
    if (count === 0) this.#inProgress.delete(tenantId);
    else this.#inProgress.set(tenantId, count);
  }

  #refusal(excess: number): AppError {
    this.#refusedAt = this.#now();
    this.#onOverload();
    const estimateMs = Math.ceil(excess * this.#msPerRequest.value);
    const retryAfterMs = Math.min(LONGEST_RETRY_MS, Math.max(SHORTEST_RETRY_MS, estimateMs));
    return new AppError('OVERLOADED', {
      message: `The server has more requests than it can serve in good time. Try again in ${retryAfterMs} ms.`,
      retryAfterMs,
    });
  }
}
