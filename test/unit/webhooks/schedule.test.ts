import { expect, it } from 'vitest';
import { nextAttemptAt, readRetryAfter } from '../../../src/webhooks/schedule.ts';

const now = new Date('2026-05-01T12:00:00Z');
const clock = (random: number) => ({ now: () => now, random: () => random });
const secondsAfter = (time: Date | null) => time && (time.getTime() - now.getTime()) / 1000;

it('waits at least as long as the schedule and the receiver say, whichever is longer', () => {
  expect(secondsAfter(nextAttemptAt(clock(0), 1, null))).toBe(5);
  expect(secondsAfter(nextAttemptAt(clock(1), 2, null))).toBeCloseTo(330);
  expect(secondsAfter(nextAttemptAt(clock(0), 1, 60))).toBe(60);
  expect(secondsAfter(nextAttemptAt(clock(0), 2, 60))).toBe(300);
  expect(nextAttemptAt(clock(0), 8, null)).toBeNull();
  expect(nextAttemptAt(clock(0), 8, 60)).toBeNull();
});

it.each<[string | undefined, number | null]>([
  ['120', 120],
  [' 0 ', 0],
  ['Fri, 01 May 2026 12:01:30 GMT', 90],
  ['Fri, 01 May 2026 11:00:00 GMT', 0],
  ['999999999', 86_400],
  ['-5', null],
  ['1.5', null],
  ['soon', null],
  ['2026', 2026],
  ['2026-05-01', null],
  ['', null],
  [undefined, null],
])('reads Retry-After %j as %j seconds', (header, seconds) => {
  expect(readRetryAfter(header, now)).toBe(seconds);
});
