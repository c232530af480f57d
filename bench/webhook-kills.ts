// node bench/webhook-kills.ts: 1,000 deliveries while the server is killed (kill -9) 20 times at random; the same with
// the database restarted in immediate mode 5 times in between; and 1,000 mutations with 10 kills. Exits with 1 where
// anything is lost, invented, counted wrongly or late. test/faults/webhooks-killed.test.ts runs the short version.
import { deliverThroughKills } from '../test/support/deliver-through-kills.ts';
import { startKillRig, type KillRig } from '../test/support/kill-rig.ts';
import { mutateThroughKills } from '../test/support/mutate-through-kills.ts';

const MAX_DRAIN_MS = 60_000;
const DELIVERIES = 1_000;

async function run<Outcome>(
  what: string,
  work: (rig: KillRig) => Promise<Outcome>,
  isRight: (outcome: Outcome) => boolean,
): Promise<void> {
  const rig = await startKillRig();
  try {
    const outcome = await work(rig);
    const right = isRight(outcome);
    console.log(`${right ? 'ok' : 'WRONG'}: ${what}: ${JSON.stringify(outcome)}`);
    if (!right) process.exitCode = 1;
  } finally {
    await rig.stop();
  }
}

for (const databaseRestarts of [0, 5]) {
  await run(
    `20 kills and ${databaseRestarts} restarts of the database during ${DELIVERIES} deliveries`,
    (rig) => deliverThroughKills(rig, { deliveries: DELIVERIES, kills: 20, databaseRestarts }),
    ({ events, lost, strange, duplicates, inFlight, drainedMs }) =>
      events === DELIVERIES && lost + strange === 0 && duplicates <= inFlight && drainedMs < MAX_DRAIN_MS,
  );
}
await run(
  '10 kills during 1,000 mutations',
  (rig) => mutateThroughKills(rig, { mutations: 1_000, kills: 10 }),
  ({ classifications, untold, invented, lost, usage, ledger }) =>
    classifications === 1_000 &&
    untold + invented + lost === 0 &&
    JSON.stringify(Object.entries(usage).toSorted()) === JSON.stringify(Object.entries(ledger).toSorted()),
);
