// node bench/webhook-hanging.ts [rounds]: by how much one hanging endpoint slows the others. Rounds with and without
// it alternate, on one server, each with a new one, so that nothing of it is left over for a round without; the p95 of
// a kind is that of all its events together. Exits with 1 above +10 %.
import { makeEndpoints, measureHealthy } from '../test/support/beside-hanging.ts';
import { percentile } from '../test/support/percentile.ts';
import { startFragileDatabase } from '../test/support/outage.ts';
import { startReceiver } from '../test/support/receiver.ts';
import { endServed, makeDataDir, startServed } from '../test/support/served.ts';
import { webhookClient } from '../test/support/webhook-client.ts';

const rounds = Number(process.argv[2] ?? 8);
const database = await startFragileDatabase();
const receiver = await startReceiver();
const dataDir = makeDataDir();
const server = await startServed({
  DATABASE_URL: database.url,
  TAXOLENS_DATA_DIR: dataDir.path,
  TAXOLENS_DEMO: 'true',
  TAXOLENS_ALLOWED_PRIVATE_TARGETS: '127.0.0.1',
  LOG_LEVEL: 'fatal',
});
const webhooks = webhookClient(server, /Bearer (txl_\w+)/.exec(server.output())![1]!);
const endpoints = await makeEndpoints(webhooks, receiver, 5);
const measure = (withHanging: boolean) =>
  measureHealthy(webhooks, receiver, endpoints, { count: 40, withHanging });

await measure(false); // warms up
const latencies = { without: [] as number[], with: [] as number[] };
for (let round = 1; round <= rounds; round++) {
  const [without, beside] = [await measure(false), await measure(true)];
  await endpoints.renew();
  latencies.without.push(...without);
  latencies.with.push(...beside);
  console.log(
    `round ${round}: p95 ${percentile(without, 0.95)} ms without, ${percentile(beside, 0.95)} ms with`,
  );
}
const [without, beside] = [latencies.without, latencies.with].map((all) =>
  percentile(
    all.toSorted((a, b) => a - b),
    0.95,
  ),
) as [number, number];
console.log(
  `p95 of ${latencies.with.length} events each: ${without} ms without, ${beside} ms with, ratio ${(beside / without).toFixed(2)}`,
);
await endServed(server);
await receiver.stop();
await database.remove();
dataDir.remove();
process.exitCode = beside / without > 1.1 ? 1 : 0;
