import { expect, it } from 'vitest';
import { createProbe } from '../../src/probe.ts';

it('a check that never ends is no answer', async () => {
  const probe = createProbe(() => new Promise(() => {}), { rememberedMs: 0, limitMs: 20 });
  expect(await probe()).toBe(false);
});

it('a check is made once for all who ask at once, and again later', async () => {
  let checks = 0;
  const probe = createProbe(async () => (checks += 1), { rememberedMs: -1, limitMs: 1_000 });
  expect(await Promise.all([probe(), probe(), probe()])).toEqual([true, true, true]);
  expect(checks).toBe(1);
  await probe();
  expect(checks).toBe(2);
});
