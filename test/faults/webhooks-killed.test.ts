import { afterEach, beforeEach, expect, it } from 'vitest';
import { deliverThroughKills } from '../support/deliver-through-kills.ts';
import { startKillRig, type KillRig } from '../support/kill-rig.ts';
import { mutateThroughKills } from '../support/mutate-through-kills.ts';

// bench/webhook-kills.ts is the long form of these.
let rig: KillRig;
beforeEach(async () => {
  rig = await startKillRig();
}, 120_000);
afterEach(() => rig.stop());

it.each([
  ['the server', { deliveries: 200, kills: 3, databaseRestarts: 0 }],
  ['the server and, in between, the database', { deliveries: 200, kills: 2, databaseRestarts: 1 }],
])(
  'kill -9 of %s loses no delivery and repeats those in flight at most',
  async (_, plan) => {
    const outcome = await deliverThroughKills(rig, plan);
    console.log(`deliveries through kills: ${JSON.stringify(outcome)}`);
    expect(outcome).toMatchObject({ events: 200, lost: 0, strange: 0 });
    expect(outcome.duplicates).toBeLessThanOrEqual(outcome.inFlight);
    expect(outcome.drainedMs).toBeLessThan(60_000);
  },
  300_000,
);

it('kill -9 during mutations: events equal commits, and usage equals what the clients counted', async () => {
  const outcome = await mutateThroughKills(rig, { mutations: 100, kills: 2 });
  console.log(`mutations through kills: ${JSON.stringify(outcome)}`);
  expect(outcome).toMatchObject({ classifications: 100, untold: 0, invented: 0, lost: 0 });
  expect(outcome.usage).toEqual(outcome.ledger);
}, 300_000);
