import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startFragileDatabase, untilServed, withTraffic, type FragileDatabase } from '../support/outage.ts';
import { until } from '../support/poll.ts';
import { endServed, startServed, type Served } from '../support/served.ts';
import { writeThroughRestarts } from '../support/write-through-restarts.ts';

/** Far above what any answer needs without a database: reaching it means that one hangs. */
const HANGING_MS = 15_000;

let database: FragileDatabase;
let server: Served;
let key: string;
beforeAll(async () => {
  database = await startFragileDatabase();
  server = await startServed({ DATABASE_URL: database.url, TAXOLENS_DEMO: 'true', LOG_LEVEL: 'fatal' });
  key = /Bearer (txl_\w+)/.exec(server.output())![1]!;
});
afterAll(async () => {
  await endServed(server);
  await database.remove();
});

const statusOf = async (path: string) => (await fetch(`${server.url}${path}`)).status;

describe('the database', () => {
  it('restarted: every answer is a success or OVERLOADED, and it recovers', async () => {
    let recoveryMs = 0;
    const tally = await withTraffic(server, key, async () => {
      await database.stop();
      await database.start();
      recoveryMs = await untilServed(server, key);
    });
    console.log(
      `restarted: served again ${recoveryMs} ms after it took connections; ${JSON.stringify(tally)}`,
    );
    expect(tally.untyped).toEqual([]);
    expect(Object.keys(tally.refused)).toEqual(['OVERLOADED']);
    expect(tally.slowestMs).toBeLessThan(HANGING_MS);
    expect(recoveryMs).toBeLessThan(10_000);
  });

  it.each([1, 2, 3])('crashed (%i): the same', async () => {
    let recoveryMs = 0;
    const tally = await withTraffic(server, key, async () => {
      await database.stop();
      await database.start();
      await database.crash(); // while the pools connect again
      recoveryMs = await untilServed(server, key);
    });
    console.log(`crashed: served again ${recoveryMs} ms after it took connections; ${JSON.stringify(tally)}`);
    expect(tally.untyped).toEqual([]);
    expect(recoveryMs).toBeLessThan(10_000);
  });

  it('stopped for 10 s: live and not ready, all that asks is told to try again, and it recovers', async () => {
    let recoveryMs = 0;
    const tally = await withTraffic(server, key, async ({ refused }) => {
      await database.stop();
      const stoppedAt = performance.now();
      await until('it says that it is not ready', async () => (await statusOf('/readyz')) === 503);
      expect(await statusOf('/livez')).toBe(200);
      await until('10 s are over', () => performance.now() - stoppedAt > 10_000);
      expect(refused.OVERLOADED).toBeGreaterThan(6);
      await database.start();
      recoveryMs = await untilServed(server, key);
      await until('it says that it is ready', async () => (await statusOf('/readyz')) === 200);
    });
    console.log(`stopped for 10 s: served again after ${recoveryMs} ms; ${JSON.stringify(tally)}`);
    expect(tally.untyped).toEqual([]);
    expect(Object.keys(tally.refused)).toEqual(['OVERLOADED']);
    expect(tally.slowestMs).toBeLessThan(HANGING_MS);
    expect(recoveryMs).toBeLessThan(10_000);
  });

  it('restarted again and again while it is written to: every acknowledged write is there', async () => {
    const outcome = await writeThroughRestarts({ database, server, key, restarts: 4, writes: 100 });
    console.log(`restarts: ${JSON.stringify(outcome)}`);
    expect(outcome).toMatchObject({ restarts: 4, lost: [], untyped: [] });
    expect(outcome.acknowledged).toBeGreaterThanOrEqual(100);
  });

  it('gone for good: every answer is typed, and the server still ends in order', async () => {
    const tally = await withTraffic(server, key, async ({ refused }) => {
      await database.remove();
      await until('requests are refused', () => (refused.OVERLOADED ?? 0) >= 12);
      expect(await statusOf('/livez')).toBe(200);
    });
    expect(tally.untyped).toEqual([]);
    expect(tally.slowestMs).toBeLessThan(HANGING_MS);
    const startedAt = performance.now();
    expect(await endServed(server)).toBe(0);
    console.log(`gone: ended in ${Math.round(performance.now() - startedAt)} ms; ${JSON.stringify(tally)}`);
  });
});
