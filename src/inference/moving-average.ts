/** Exponentially weighted mean of what was measured lately. */
export class MovingAverage {
  value: number;
  readonly #weight: number;

  constructor({ initial, weight = 0.1 }: { initial: number; weight?: number }) {
    this.value = initial;
    this.#weight = weight;
  }

  add(sample: number): void {
    this.value += (sample - this.value) * this.#weight;
  }
}
