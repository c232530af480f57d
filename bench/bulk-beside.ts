// node bench/bulk-beside.ts [rounds]: how much a job slows requests of one image. Rounds on the idle server and beside
// a job alternate; the p95 of a kind is that of all its requests together. Exits with 1 above 1.5 x that of the idle
// server and one batch.
import { measureBesideBulk, measureRequests } from '../test/support/beside-bulk.ts';
import { readExample } from '../test/support/classify.ts';
import { startFragileDatabase } from '../test/support/outage.ts';
import { percentile } from '../test/support/percentile.ts';
import { endServed, makeDataDir, startServed } from '../test/support/served.ts';

const REQUESTS = 40;
const ITEMS = 850;
const rounds = Number(process.argv[2] ?? 5);
const database = await startFragileDatabase();
const dataDir = makeDataDir();
const server = await startServed({
  DATABASE_URL: database.url,
  TAXOLENS_DATA_DIR: dataDir.path,
  TAXOLENS_DEMO: 'true',
  LOG_LEVEL: 'fatal',
});
const key = /Bearer (txl_\w+)/.exec(server.output())![1]!;
const request = { image: readExample('one-dog.jpg'), taxonomy: 'five-labels', key };
await measureRequests(server, request, REQUESTS); // warms up
const all = { idle: [] as number[], beside: [] as number[], batchMs: 0 };
for (let round = 1; round <= rounds; round++) {
  const idle = await measureRequests(server, request, REQUESTS);
  const beside = await measureBesideBulk(server, request, { count: REQUESTS, items: ITEMS });
  all.idle.push(...idle);
  all.beside.push(...beside.latenciesMs);
  all.batchMs = Math.max(all.batchMs, beside.batchMs);
  console.log(
    `round ${round}: p95 ${percentile(idle, 0.95).toFixed(0)} ms idle, ${percentile(beside.latenciesMs, 0.95).toFixed(0)} ms beside ${beside.itemsPerSecond.toFixed(0)} items a second; a batch takes ${beside.batchMs.toFixed(0)} ms`,
  );
}
const p95 = (values: number[]) =>
  percentile(
    values.toSorted((a, b) => a - b),
    0.95,
  );
const [idle, beside] = [p95(all.idle), p95(all.beside)];
const bar = 1.5 * idle + all.batchMs;
console.log(
  `p95 of ${all.beside.length} requests each: ${idle.toFixed(0)} ms idle, ${beside.toFixed(0)} ms beside a job; bar ${bar.toFixed(0)} ms`,
);
await endServed(server);
await database.remove();
dataDir.remove();
process.exitCode = beside > bar ? 1 : 0;
