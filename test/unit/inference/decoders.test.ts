import { pino } from 'pino';
import { beforeAll, afterAll, expect, it } from 'vitest';
import { Batcher } from '../../../src/inference/batcher.ts';
import { ChildPool } from '../../../src/inference/child-pool.ts';
import { nameDecodeFailure } from '../../../src/inference/decoders.ts';
import { Dispatcher } from '../../../src/inference/dispatcher.ts';
import type { Command, StartCommand } from './support/obedient-child.ts';

/** The decoders' own parts around children that obey: no real picture kills a decoder on demand. */
const pool = new ChildPool<StartCommand, string, Command, string>({
  name: 'decoder',
  module: new URL('./support/obedient-child.ts', import.meta.url),
  size: 1,
  setup: () => 'start',
  taskTimeoutMs: 500,
  logger: pino({ level: 'silent' }),
  onChange: () => dispatcher.pump(),
});
const batcher = new Batcher<Command, string>({
  maxBatchSize: () => 1,
  run: async ([command]) => [await pool.run(command!)],
  giveUp: nameDecodeFailure,
});
const dispatcher = new Dispatcher({
  slots: 1,
  lanes: [
    {
      get waiting() {
        return batcher.waiting;
      },
      get idle() {
        return pool.idle;
      },
      dispatch: () => batcher.dispatch(),
    },
  ],
});
batcher.onWaiting = () => dispatcher.pump();
const submit = (payload: Command) => batcher.submit({ tenantId: 'a', modelId: 'm', payload });

beforeAll(() => pool.start());
afterAll(() => pool.stop());

it.each<[Command, string, number]>([
  ['die', 'DEADLINE_EXCEEDED', 2],
  ['hang', 'DEADLINE_EXCEEDED', 1],
  ['throw', 'INTERNAL', 0],
  ['refuse', 'IMAGE_CORRUPT', 0],
])(
  'an image that makes its decoder %s fails alone with %s and costs %i decoders',
  async (command, code, costs) => {
    const before = pool.restarts;
    const outcomes = await Promise.allSettled([submit('echo'), submit(command), submit('echo')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(outcomes[1]).toMatchObject({ reason: { code } });
    expect(pool.restarts - before).toBe(costs);
  },
);
