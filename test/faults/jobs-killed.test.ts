import { afterEach, beforeEach, expect, it } from 'vitest';
import { classifyThroughKills } from '../support/classify-through-kills.ts';
import { startKillRig, type KillRig } from '../support/kill-rig.ts';

// bench/job-kills.ts is the long form.
let rig: KillRig;
beforeEach(async () => {
  rig = await startKillRig();
}, 120_000);
afterEach(() => rig.stop());

it('a job whose servers are killed is ended by a worker, every item classified, metered and told of once', async () => {
  const outcome = await classifyThroughKills(rig, { items: 300, kills: 2 });
  console.log(`a job through kills: ${JSON.stringify(outcome)}`);
  expect(outcome).toMatchObject({
    job: { state: 'COMPLETED', counts: { total: 300, succeeded: 300, failed: 0, pending: 0 } },
    classifications: 300,
    exact: 300,
    metered: { entries: 300, images: 300 },
    events: 1,
  });
  expect(outcome.drainedMs).toBeLessThan(60_000);
}, 300_000);
