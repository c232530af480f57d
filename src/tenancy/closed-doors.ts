import type { AppError } from '../errors.ts';

/** The longest that a door stays closed before the database is asked again: the operator may raise a quota. */
const MEMORY_MS = 5_000;
const MAX_DOORS = 10_000;

/** Remembers for a moment who has no room for even one image, so that the next request costs nothing to refuse. */
export class ClosedDoors {
  readonly #doors = new Map<string, { until: number; refuse: () => AppError }>();

  /** Until `openAt` (milliseconds since the epoch), or a moment where that is far. */
  close(subjectId: string, openAt: number, refuse: () => AppError): void {
    const now = Date.now();
    if (openAt <= now) return;
    if (this.#doors.size >= MAX_DOORS) this.#doors.clear(); // it is a memory only
    this.#doors.set(subjectId, { until: Math.min(openAt, now + MEMORY_MS), refuse });
  }

  /** Throws the refusal of the first that is closed. */
  check(subjectIds: string[]): void {
    for (const subjectId of subjectIds) {
      const door = this.#doors.get(subjectId);
      if (!door) continue;
      if (door.until > Date.now()) throw door.refuse();
      this.#doors.delete(subjectId);
    }
  }
}
