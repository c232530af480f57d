import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/errors.ts';
import { Admission } from '../../../src/inference/admission.ts';

function admission(options: Partial<ConstructorParameters<typeof Admission>[0]> = {}) {
  return new Admission({ maxQueuedImages: 10, maxQueuedBytes: 1_000, msPerImage: () => 200, ...options });
}

function refusal(attempt: () => unknown): AppError {
  try {
    attempt();
  } catch (error) {
    if (error instanceof AppError) return error;
  }
  throw new Error('An AppError was expected');
}

describe('admission', () => {
  it('bounds the number of images, and takes a request whole or not at all', () => {
    const house = admission();
    house.admit({ images: 8, bytes: 10 });
    expect(refusal(() => house.admit({ images: 3, bytes: 10 })).code).toBe('OVERLOADED');
    expect(house.images).toBe(8);
    house.admit({ images: 2, bytes: 10 });
  });

  it('bounds the bytes too', () => {
    const house = admission();
    house.admit({ images: 1, bytes: 900 });
    expect(refusal(() => house.admit({ images: 1, bytes: 200 })).code).toBe('OVERLOADED');
  });

  it('gives the room back once, however often a slot is released', () => {
    const house = admission();
    const slot = house.admit({ images: 6, bytes: 600 });
    const other = house.admit({ images: 4, bytes: 400 });
    slot.release();
    slot.release();
    expect(house.images).toBe(4);
    other.release();
    expect(house.images).toBe(0);
    house.admit({ images: 10, bytes: 1_000 });
  });

  it('asks to come back after the time that the excess will take at the measured rate', () => {
    const house = admission();
    house.admit({ images: 9, bytes: 0 });
    expect(refusal(() => house.admit({ images: 6, bytes: 0 })).retryAfterMs).toBe(5 * 200);
  });

  it('keeps retryAfterMs between a quarter of a second and a minute', () => {
    const quick = admission({ msPerImage: () => 0.1 });
    quick.admit({ images: 10, bytes: 0 });
    expect(refusal(() => quick.admit({ images: 1, bytes: 0 })).retryAfterMs).toBe(250);
    const slow = admission({ msPerImage: () => 1e6 });
    slow.admit({ images: 10, bytes: 0 });
    expect(refusal(() => slow.admit({ images: 1, bytes: 0 })).retryAfterMs).toBe(60_000);
  });

  it('tells a request that can never fit to be split, not to come back', () => {
    expect(refusal(() => admission().admit({ images: 11, bytes: 0 })).code).toBe('INVALID_INPUT');
    expect(refusal(() => admission().admit({ images: 1, bytes: 1_001 })).code).toBe('INVALID_INPUT');
  });

  it('shows that it is full before a body is read, and counts refusals', () => {
    let overloads = 0;
    const house = admission({ onOverload: () => overloads++ });
    expect(house.overloaded()).toBeUndefined();
    const slot = house.admit({ images: 10, bytes: 0 });
    expect(house.overloaded()).toEqual({ retryAfterMs: 250 });
    expect(refusal(() => house.admit({ images: 1, bytes: 0 })).code).toBe('OVERLOADED');
    expect(overloads).toBe(1);
    slot.release();
    expect(house.overloaded()).toBeUndefined();
  });
});
