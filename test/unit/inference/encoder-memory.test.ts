import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { EncoderMemory } from '../../../src/inference/encoder-memory.ts';
import type { Resident } from '../../../src/inference/encoder-memory.ts';
import { until } from '../../support/poll.ts';

/** An encoder that takes so many bytes; what it really takes shows when it is loaded. */
class FakeEncoder implements Resident {
  isLoaded = false;
  isBusy = false;
  isKept: boolean;
  waiting = 1;
  neededBytes: number;
  loadedAt = 0;
  lastUsedAt = 0;
  refused: string | undefined;
  readonly #really: number;

  constructor(bytes: number, { really = bytes, isKept = false } = {}) {
    this.neededBytes = bytes;
    this.#really = really;
    this.isKept = isKept;
  }

  async measure() {
    this.neededBytes = this.#really;
  }

  async load() {
    this.isLoaded = true;
    this.loadedAt = performance.now();
    this.lastUsedAt = this.loadedAt;
  }

  async unload() {
    this.isLoaded = false;
  }

  refuse({ message }: { message: string }) {
    this.refused = message;
    this.waiting = 0;
  }

  /** As if it had been used so long ago, and had nothing to do. */
  rest(agoMs: number) {
    this.waiting = 0;
    this.lastUsedAt = performance.now() - agoMs;
  }
}

const logger = pino({ level: 'silent' });

function memoryOf(budgetBytes: number, ...residents: FakeEncoder[]) {
  const memory = new EncoderMemory({ budgetBytes, residents, logger, turnMs: 200, lingerMs: 20 });
  const load = (encoder: FakeEncoder) => {
    memory.want(encoder);
    return until('it is loaded', () => encoder.isLoaded, 2_000);
  };
  return { memory, load };
}

describe('EncoderMemory', () => {
  it('keeps what fits', async () => {
    const [a, b] = [new FakeEncoder(40), new FakeEncoder(60)];
    const { memory, load } = memoryOf(100, a, b);
    await load(a);
    await load(b);
    expect(a.isLoaded).toBe(true);
    expect(memory.usedBytes).toBe(100);
  });

  it('unloads the least recently used, and never what is kept', async () => {
    const [kept, older, newer, wanted] = [30, 30, 30, 40].map((bytes) => new FakeEncoder(bytes));
    kept!.isKept = true;
    const { load } = memoryOf(100, kept!, older!, newer!, wanted!);
    for (const encoder of [kept!, older!, newer!]) await load(encoder);
    kept!.rest(9_000);
    older!.rest(5_000);
    newer!.rest(1_000);
    await load(wanted!);
    expect([kept, older, newer].map((encoder) => encoder!.isLoaded)).toEqual([true, false, true]);
  });

  it('waits for what is in use, and exchanges it after its turn though it still has work', async () => {
    const [busy, wanted] = [new FakeEncoder(60), new FakeEncoder(60)];
    const { load } = memoryOf(100, busy, wanted);
    await load(busy);
    busy.isBusy = true;
    const startedAt = performance.now();
    await load(wanted);
    expect(busy.isLoaded).toBe(false);
    expect(performance.now() - startedAt).toBeGreaterThan(150);
  });

  it('gives memory by turns to two that never rest', async () => {
    const [a, b] = [new FakeEncoder(60), new FakeEncoder(60)];
    const { memory, load } = memoryOf(100, a, b);
    for (const encoder of [a, b]) encoder.isBusy = true;
    for (const encoder of [a, b, a, b]) await load(encoder);
    expect(memory.usedBytes).toBe(60);
  });

  it('does not take what was used a moment ago for unused', async () => {
    const [recent, wanted] = [new FakeEncoder(60), new FakeEncoder(60)];
    const { load } = memoryOf(100, recent, wanted);
    await load(recent);
    recent.rest(0);
    const startedAt = performance.now();
    await load(wanted);
    expect(performance.now() - startedAt).toBeGreaterThan(15);
  });

  it('refuses what cannot fit beside what is kept, with both figures, and disturbs nobody for it', async () => {
    const [kept, other, large] = [
      new FakeEncoder(30e6, { isKept: true }),
      new FakeEncoder(20e6),
      new FakeEncoder(80e6),
    ];
    const { memory, load } = memoryOf(100e6, kept, other, large);
    await load(kept);
    await load(other);
    other.rest(5_000);
    memory.want(large);
    await until('it is refused', () => large.refused !== undefined);
    expect(large.refused).toMatch(/80 MB .* 30, and 100 are allowed.*TAXOLENS_MODEL_MEMORY_BYTES/);
    expect(other.isLoaded).toBe(true);
  });

  it('unloads again, and refuses, what turns out to be too large', async () => {
    const underestimated = new FakeEncoder(50, { really: 150 });
    const { memory } = memoryOf(100, underestimated);
    memory.want(underestimated);
    await until('it is refused', () => underestimated.refused !== undefined);
    expect(underestimated.isLoaded).toBe(false);
  });

  it('loads nothing for work that has gone away, and goes on when a load fails', async () => {
    const [gone, broken, good] = [new FakeEncoder(10), new FakeEncoder(10), new FakeEncoder(10)];
    gone.waiting = 0;
    broken.load = () => Promise.reject(new Error('broken'));
    const { memory, load } = memoryOf(100, gone, broken, good);
    memory.want(gone);
    memory.want(broken);
    await load(good);
    expect(gone.isLoaded).toBe(false);
  });
});
