import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/errors.ts';
import { Admission } from '../../../src/inference/admission.ts';

/** Room for ten images and 1,000 bytes: five and 500 a tenant. */
function admission(options: Partial<ConstructorParameters<typeof Admission>[0]> = {}) {
  return new Admission({ maxQueuedImages: 10, maxQueuedBytes: 1_000, msPerImage: () => 200, ...options });
}

const of = (tenantId: string, images: number, bytes = 0) => ({ tenantId, images, bytes });

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
    house.admit(of('a', 5));
    house.admit(of('b', 3));
    expect(refusal(() => house.admit(of('c', 3))).code).toBe('OVERLOADED');
    expect(house.images).toBe(8);
    house.admit(of('c', 2));
  });

  it('bounds the bytes too', () => {
    const house = admission();
    house.admit(of('a', 1, 500));
    house.admit(of('b', 1, 400));
    expect(refusal(() => house.admit(of('c', 1, 200))).code).toBe('OVERLOADED');
  });

  it('leaves half of the images and bytes to the others, whatever one tenant sends', () => {
    const house = admission();
    house.admit(of('a', 4));
    expect(refusal(() => house.admit(of('a', 2))).code).toBe('OVERLOADED');
    expect(house.overloaded('a')).toBeUndefined();
    const last = house.admit(of('a', 1));
    expect(house.overloaded('a')).toBeDefined();
    expect(house.overloaded('b')).toBeUndefined();
    house.admit(of('b', 1, 500));
    expect(refusal(() => house.admit(of('b', 1, 1))).code).toBe('OVERLOADED');
    last.release();
    expect(house.overloaded('a')).toBeUndefined();
  });

  it('gives the room back once, however often a slot is released', () => {
    const house = admission();
    const slot = house.admit(of('a', 5, 500));
    const other = house.admit(of('b', 4, 400));
    slot.release();
    slot.release();
    expect(house.images).toBe(4);
    other.release();
    expect(house.images).toBe(0);
    house.admit(of('a', 5, 500));
    house.admit(of('b', 5, 500));
  });

  it('asks to come back after the time that the excess will take at the measured rate', () => {
    const house = admission();
    house.admit(of('a', 5));
    house.admit(of('b', 4));
    expect(refusal(() => house.admit(of('c', 4))).retryAfterMs).toBe(3 * 200);
    expect(refusal(() => house.admit(of('a', 4))).retryAfterMs).toBe(4 * 200);
  });

  it('keeps retryAfterMs between a quarter of a second and a minute', () => {
    const quick = admission({ msPerImage: () => 0.1 });
    quick.admit(of('a', 5));
    expect(refusal(() => quick.admit(of('a', 1))).retryAfterMs).toBe(250);
    const slow = admission({ msPerImage: () => 1e6 });
    slow.admit(of('a', 5));
    expect(refusal(() => slow.admit(of('a', 1))).retryAfterMs).toBe(60_000);
  });

  it('tells a request that can never fit to be split, not to come back', () => {
    expect(refusal(() => admission().admit(of('a', 6))).code).toBe('INVALID_INPUT');
    expect(refusal(() => admission().admit(of('a', 1, 501))).code).toBe('INVALID_INPUT');
  });

  it('shows that it is full before a body is read, and counts every refusal', () => {
    let overloads = 0;
    const house = admission({ onOverload: () => overloads++ });
    expect(house.overloaded('a')).toBeUndefined();
    expect(overloads).toBe(0);
    const slot = house.admit(of('a', 5));
    expect(house.overloaded('a')).toEqual({ retryAfterMs: 250 });
    expect(overloads).toBe(1);
    expect(refusal(() => house.admit(of('a', 1))).code).toBe('OVERLOADED');
    expect(overloads).toBe(2);
    slot.release();
    expect(house.overloaded('a')).toBeUndefined();
  });
});
