import { rm, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startProgram } from '../support/child.ts';
import { untilServed, withTraffic } from '../support/outage.ts';
import { until } from '../support/poll.ts';
import { awaitServed, endServed, MAIN, makeDataDir, SERVED_ENV, type Served } from '../support/served.ts';

const DISK_MEGABYTES = 128;
/** A mount that only this process and its children see; an ordinary user makes it as the owner of a namespace. */
const OWN_MOUNTS = process.getuid?.() === 0 ? ['-m'] : ['-U', '-m', '--map-current-user', '--keep-caps'];

const dataDir = makeDataDir();
let server: Served;
let key: string;
beforeAll(async () => {
  const mount = `mount -t tmpfs -o size=${DISK_MEGABYTES}m,mode=711 tmpfs "$0" && exec "$@"`;
  server = await awaitServed(
    startProgram(
      'unshare',
      [...OWN_MOUNTS, 'sh', '-c', mount, dataDir.path, process.execPath, MAIN, 'serve'],
      {
        ...SERVED_ENV,
        LOG_LEVEL: 'fatal',
        DATABASE_URL: '',
        TAXOLENS_DATA_DIR: dataDir.path,
      },
    ),
  );
  key = /Bearer (txl_\w+)/.exec(server.output())![1]!;
});
afterAll(async () => {
  await endServed(server);
  dataDir.remove();
});

it('a full disk: the server lives on, every answer is typed, and it recovers when there is room', async () => {
  // The disk as the server sees it.
  const ballast = `/proc/${server.process.pid}/root${dataDir.path}/ballast`;
  let recoveryMs = 0;
  const tally = await withTraffic(server, key, async ({ refused }) => {
    const filling = writeFile(ballast, Buffer.alloc(DISK_MEGABYTES * 1_000_000));
    await expect(filling).rejects.toMatchObject({ code: 'ENOSPC' });
    await until('writes are refused', () => (refused.OVERLOADED ?? 0) >= 12, 120_000);
    expect((await fetch(`${server.url}/livez`)).status).toBe(200);
    await rm(ballast);
    recoveryMs = await untilServed(server, key);
  });
  console.log(`disk full: served again ${recoveryMs} ms after there was room; ${JSON.stringify(tally)}`);
  expect(tally.untyped).toEqual([]);
  expect(Object.keys(tally.refused)).toEqual(['OVERLOADED']);
  expect(recoveryMs).toBeLessThan(60_000);
}, 300_000);
