// node bench/job-kills.ts: a job of 1,000 images while its server is killed (kill -9) 10 times at random, ended by a
// worker. Exits with 1 where an item is lost, classified or metered twice, or the end is told of other than once.
// test/faults/jobs-killed.test.ts runs the short version.
import { classifyThroughKills } from '../test/support/classify-through-kills.ts';
import { startKillRig } from '../test/support/kill-rig.ts';

const ITEMS = 1_000;
const rig = await startKillRig();
try {
  const outcome = await classifyThroughKills(rig, { items: ITEMS, kills: 10 });
  const { job, classifications, exact, metered, events } = outcome;
  const counts = [job.counts.succeeded, classifications, exact, metered.entries, metered.images];
  const right = counts.every((count) => count === ITEMS) && events === 1;
  console.log(
    `${right ? 'ok' : 'WRONG'}: 10 kills during a job of ${ITEMS} images: ${JSON.stringify(outcome)}`,
  );
  if (!right) process.exitCode = 1;
} finally {
  await rig.stop();
}
