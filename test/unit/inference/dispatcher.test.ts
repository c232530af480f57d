import { expect, it } from 'vitest';
import { Dispatcher } from '../../../src/inference/dispatcher.ts';
import { settle } from './support/manual-executor.ts';

/** A lane with work for so many batches, whose batches a test ends by hand. */
function manualLane(name: string, { waiting, idle = 9 }: { waiting: number; idle?: number }, log: string[]) {
  const running: (() => void)[] = [];
  return {
    waiting,
    idle,
    finish: () => running.shift()!(),
    dispatch() {
      this.waiting--;
      log.push(name);
      return new Promise<void>((resolve) => running.push(resolve));
    },
  };
}

it('gives its slots to the lanes with work, turn by turn, and no more at once', async () => {
  const log: string[] = [];
  const busy = manualLane('busy', { waiting: 5 }, log);
  const short = manualLane('short', { waiting: 1 }, log);
  const idle = manualLane('idle', { waiting: 0 }, log);
  const dispatcher = new Dispatcher({ slots: 2, lanes: [idle, busy, short] });
  dispatcher.pump();
  dispatcher.pump();
  expect(log).toEqual(['busy', 'short']);
  busy.finish();
  await settle();
  expect(log).toEqual(['busy', 'short', 'busy']);
});

it('passes over a lane without a free child, and comes back to it', async () => {
  const log: string[] = [];
  const full = manualLane('full', { waiting: 1, idle: 0 }, log);
  const other = manualLane('other', { waiting: 2 }, log);
  const dispatcher = new Dispatcher({ slots: 1, lanes: [full, other] });
  dispatcher.pump();
  expect(log).toEqual(['other']);
  full.idle = 1;
  other.finish();
  await settle();
  expect(log).toEqual(['other', 'full']);
});

it('gives a slot back when its batch fails', async () => {
  const log: string[] = [];
  const dispatch = () => (log.push('batch'), Promise.resolve());
  const lane = {
    waiting: 3,
    idle: 1,
    dispatch() {
      this.waiting--;
      return dispatch();
    },
  };
  new Dispatcher({ slots: 1, lanes: [lane] }).pump();
  await settle();
  expect(log).toHaveLength(3);
});
