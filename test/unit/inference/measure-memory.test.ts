import { expect, it } from 'vitest';
import { measureMemory } from '../../../src/inference/measure-memory.ts';

const GONE = 2 ** 22 + 1;

it.runIf(process.platform === 'linux')(
  'measures what a process takes, whoever beside it has ended',
  async () => {
    const one = await measureMemory([process.pid]);
    expect(one).toBeGreaterThan(10_000_000);
    const several = await measureMemory([process.pid, GONE, process.pid]);
    expect(several! / one!).toBeCloseTo(1, 0);
    expect(several! / one!).toBeLessThan(1.4);
  },
);

it('knows nothing of processes that are gone', async () => {
  expect(await measureMemory([GONE])).toBeUndefined();
  expect(await measureMemory([])).toBeUndefined();
});
