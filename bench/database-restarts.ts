// node bench/database-restarts.ts: 1,000 acknowledged writes during 20 restarts of the database, every second one a
// kill -9; exits with 1 where one of them is lost. test/faults/database-outage.test.ts runs the short version.
import { startFragileDatabase } from '../test/support/outage.ts';
import { endServed, startServed } from '../test/support/served.ts';
import { writeThroughRestarts } from '../test/support/write-through-restarts.ts';

const database = await startFragileDatabase();
const server = await startServed({ DATABASE_URL: database.url, TAXOLENS_DEMO: 'true', LOG_LEVEL: 'fatal' });
const key = /Bearer (txl_\w+)/.exec(server.output())![1]!;
const outcome = await writeThroughRestarts({ database, server, key, restarts: 20, writes: 1_000 });
console.log(JSON.stringify(outcome, null, 2));
await endServed(server);
await database.remove();
process.exitCode = outcome.lost.length + outcome.untyped.length > 0 ? 1 : 0;
