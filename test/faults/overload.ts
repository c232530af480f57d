// node test/faults/overload.ts [seconds]: what a server does at three times what it can do. Prints each figure and
// ends with 1 where one is not as it must be. The short version is overload.test.ts.
import { startServer } from '../support/start-server.ts';
import { countedByStatus, runLoad } from './support/run-load.ts';

const seconds = Number(process.argv[2] ?? 60);
const server = await startServer();
const base = { url: server.url, keys: [server.key], taxonomy: 'five-labels' };
const problems: string[] = [];
const mustHold = (what: string, holds: boolean) => void (holds || problems.push(what));

try {
  await runLoad({ ...base, seconds: 5, concurrency: 8 }); // what is compiled at its first use is compiled now
  const full = await runLoad({ ...base, seconds: 20, concurrency: 12 });
  const capacity = (full.outcomes.OK ?? 0) / full.seconds;
  console.log(`capacity: ${capacity.toFixed(1)} images a second (closed loop); ${JSON.stringify(full)}`);

  const calm = await runLoad({ ...base, seconds: Math.min(seconds, 30), rate: capacity * 0.8 });
  console.log(`at 80 %: ${JSON.stringify(calm)}`);

  // Until the server has noticed, and the burst that it let in meanwhile is done: no part of the overload itself.
  const settleSeconds = 2 + 300 / capacity;
  const before = await countedByStatus(server.url);
  const flood = await runLoad({
    ...base,
    seconds: seconds + settleSeconds,
    rate: capacity * 3,
    settleSeconds,
  });
  const after = await countedByStatus(server.url);
  console.log(`at 300 %: ${JSON.stringify(flood)}`);

  const kinds = Object.keys(flood.outcomes).filter(
    (kind) => !['OK', 'OVERLOADED', 'RATE_LIMITED'].includes(kind),
  );
  mustHold(`every answer is a success or a typed refusal; also came ${kinds}`, kinds.length === 0);
  mustHold(`every refusal says when to come back; ${flood.malformed} do not`, flood.malformed === 0);
  const ratio = flood.latencyMs.p99 / calm.latencyMs.p99;
  console.log(
    `p99 of accepted requests: ${flood.latencyMs.p99} ms at 300 %, ${calm.latencyMs.p99} ms at 80 %: ${ratio.toFixed(2)} times`,
  );
  mustHold(`p99 at most twice that at 80 %; it is ${ratio.toFixed(2)} times`, ratio <= 2);
  const goodput = (flood.outcomes.OK ?? 0) / flood.seconds / capacity;
  console.log(`goodput: ${goodput.toFixed(2)} of the capacity`);
  for (const [status, count] of Object.entries(flood.statuses)) {
    const counted = (after[status] ?? 0) - (before[status] ?? 0);
    console.log(`status ${status}: the client saw ${count}, /metrics counted ${counted}`);
    mustHold(`/metrics equal the client's count of ${status}`, counted === count);
  }
} finally {
  await server.stop();
}
for (const problem of problems) console.log(`NOT: ${problem}`);
process.exitCode = problems.length === 0 ? 0 : 1;
