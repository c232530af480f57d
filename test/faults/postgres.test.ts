import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { chmod, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createPrisma } from '../../src/database/connect.ts';
import { identifyProcess } from '../../src/database/embedded/process-identity.ts';
import { readPostmasterFile } from '../../src/database/embedded/postmaster-file.ts';
import { sweepSocketDirs } from '../../src/database/embedded/socket-dir.ts';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/database/embedded-postgres.ts';
import { migrate } from '../../src/database/migrate.ts';
import { readMigrations } from '../../src/database/migrations.ts';
import { createTenantDb } from '../../src/tenancy/tenant-db.ts';
import { startNode, type WatchedChild } from '../support/child.ts';
import { withClient } from '../support/database.ts';
import { until } from '../support/poll.ts';
import { silentLogger } from '../support/silent-logger.ts';

const HOST = path.resolve(import.meta.dirname, '../support/postgres-host.ts');

let dataDir: string;
let clusterDir: string;
let cleanUp: (() => unknown)[];

beforeEach(async () => {
  dataDir = await mkdtemp(path.join(tmpdir(), 'taxolens-faults-'));
  await chmod(dataDir, 0o711); // as root, Postgres runs under another user, who must get in
  clusterDir = path.join(dataDir, 'postgres', 'cluster');
  cleanUp = [];
});

afterEach(async () => {
  for (const step of cleanUp.toReversed()) await step();
  const survivor = readPostmasterFile(clusterDir)?.pid;
  if (survivor && identifyProcess(survivor)) process.kill(survivor, 'SIGKILL');
  await rm(dataDir, { recursive: true, force: true });
});

async function startHere(onExit?: () => void): Promise<EmbeddedPostgres> {
  const server = await startEmbeddedPostgres({ dataDir, logger: silentLogger, durability: 'test', onExit });
  cleanUp.push(() => server.stop());
  return server;
}

/** Holds the database in a process of its own, which a test may kill. */
async function startHost(): Promise<WatchedChild & { applicationUrl: string }> {
  const child = startNode([HOST, dataDir]);
  cleanUp.push(() => child.process.kill('SIGKILL'));
  await until('the host is ready', () => child.output().includes('ready '));
  return { ...child, applicationUrl: /ready (\S+)/.exec(child.output())![1]! };
}

async function remember(ownerUrl: string): Promise<void> {
  await withClient(ownerUrl, (client) => client.query(`create table memory as select 'kept' as word`));
}

async function recall(ownerUrl: string): Promise<unknown> {
  return withClient(ownerUrl, async (client) => (await client.query('select word from memory')).rows[0].word);
}

function postmasterPid(): number {
  return readPostmasterFile(clusterDir)!.pid;
}

/** [pid, parent's pid] of every process. */
function listProcesses(): [number, number][] {
  const lines = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  return lines.map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
}

test('a second start keeps the data, the passwords and the place of the socket', async () => {
  const first = await startHere();
  await remember(first.ownerUrl);
  await first.stop();
  expect(existsSync(path.join(clusterDir, 'postmaster.pid'))).toBe(false);

  const second = await startHere();
  expect(second).toMatchObject({ ownerUrl: first.ownerUrl, applicationUrl: first.applicationUrl });
  expect(await recall(second.ownerUrl)).toBe('kept');
});

test('passwords, cluster and socket are closed to other users', async () => {
  const server = await startHere();
  const socketDir = new URL(server.ownerUrl).searchParams.get('host')!;
  const modes = [path.join(dataDir, 'postgres', 'credentials.json'), clusterDir, socketDir].map((file) =>
    (statSync(file).mode & 0o777).toString(8),
  );
  expect(modes).toEqual(['600', '700', '700']);
  expect(readFileSync(path.join(clusterDir, 'postmaster.pid'), 'utf8').split('\n')[5]).toBe(''); // no TCP
});

test('a killed Postgres comes back, and pools with it; meanwhile requests are OVERLOADED and name no host', async () => {
  let exits = 0;
  const server = await startHere(() => (exits += 1));
  await migrate({ ...server, logger: silentLogger });
  const prisma = createPrisma({ url: server.applicationUrl, logger: silentLogger, maxWaitMs: 2_000 });
  cleanUp.push(() => prisma.$disconnect());
  const db = createTenantDb(prisma);
  const count = () => db.withOperator((tx) => tx.tenant.count());
  expect(await count()).toBe(0);

  const killed = postmasterPid();
  process.kill(killed, 'SIGKILL');
  const error = await until('a request notices', () =>
    count().then(
      () => undefined,
      (reason: unknown) => reason,
    ),
  );
  expect(error).toMatchObject({ code: 'OVERLOADED', retryAfterMs: 1_000 });
  expect(String(error)).not.toContain('taxolens-pg-');

  expect(await until('the database is back', () => count().catch(() => undefined))).toBe(0);
  expect(exits).toBe(1);
  expect(postmasterPid()).not.toBe(killed);
});

test('other installations leave the socket of a crashed Postgres alone, and one that vanished is made again', async () => {
  const server = await startHere();
  const socketDir = new URL(server.ownerUrl).searchParams.get('host')!;
  const ask = () =>
    withClient(server.ownerUrl, (client) => client.query('select 1')).then(
      () => true,
      () => false,
    );
  process.kill(postmasterPid(), 'SIGKILL');
  await until('Postgres is down', async () => !(await ask()));
  sweepSocketDirs();
  expect(existsSync(socketDir)).toBe(true);
  await rm(socketDir, { recursive: true });
  expect(await until('Postgres is back', ask)).toBe(true);
});

test('Postgres ends with the process that started it, however that ends', async () => {
  const host = await startHost();
  const pid = postmasterPid();
  host.process.kill('SIGKILL');
  expect(await until('Postgres is gone', () => identifyProcess(pid) === null)).toBe(true);
  await expect(startHere()).resolves.toMatchObject({ applicationUrl: host.applicationUrl });
});

test('a Postgres that outlived its process and its supervisor is stopped by the next start', async () => {
  const host = await startHost();
  const pid = postmasterPid();
  const processes = listProcesses();
  const supervisor = processes.find(([one]) => one === pid)![1];
  const watchers = processes.filter(([one, parent]) => parent === supervisor && one !== pid);
  for (const [watcher] of watchers) process.kill(watcher, 'SIGKILL');
  process.kill(supervisor, 'SIGKILL');
  host.process.kill('SIGKILL');
  await host.ended;
  expect(identifyProcess(pid)).not.toBeNull();

  const server = await startHere();
  expect(identifyProcess(pid)).toBeNull();
  await withClient(server.ownerUrl, (client) => client.query('select 1'));
});

test('the pid file of a Postgres killed long ago holds nobody up, not even when its number lives again', async () => {
  const first = await startHere();
  await remember(first.ownerUrl);
  await first.stop();
  const file = path.join(clusterDir, 'postmaster.pid');
  const bystander = startNode(['-e', 'setInterval(() => {}, 1000)']);
  cleanUp.push(() => bystander.process.kill('SIGKILL'));
  for (const pid of [bystander.process.pid, 4_194_303]) {
    writeFileSync(file, `${pid}\n${clusterDir}\n1\n5432\n/tmp\n\n1 1\nready   \n`);
    const next = await startHere();
    expect(await recall(next.ownerUrl)).toBe('kept');
    await next.stop();
  }
  expect(identifyProcess(bystander.process.pid!)).not.toBeNull();
});

test('a second process shares the server of the first, and does not stop it', async () => {
  const first = await startHere();
  const pid = postmasterPid();
  const host = await startHost();
  expect(host.applicationUrl).toBe(first.applicationUrl);
  host.process.kill('SIGTERM');
  expect(await host.ended).toBe(0);
  expect(postmasterPid()).toBe(pid);
  await withClient(first.ownerUrl, (client) => client.query('select 1'));
});

test('who wants a server of its own is refused beside another, and who wants none waits for one', async () => {
  const options = { dataDir, logger: silentLogger, durability: 'test' } as const;
  const waiting = startEmbeddedPostgres({ ...options, use: 'shared' });
  const first = await startHere();
  expect(await waiting).toMatchObject({ applicationUrl: first.applicationUrl });
  await expect(startEmbeddedPostgres({ ...options, use: 'own' })).rejects.toThrow(
    `Process ${process.pid} uses the data directory ${dataDir}: end it first`,
  );
});

test('a data directory reached by another name is the same database', async () => {
  const first = await startHere();
  const pid = postmasterPid();
  const link = `${dataDir}-link`;
  await symlink(dataDir, link);
  cleanUp.push(() => rm(link));
  const second = await startEmbeddedPostgres({ dataDir: link, logger: silentLogger, durability: 'test' });
  expect(second.ownerUrl).toBe(first.ownerUrl);
  await second.stop();
  expect(postmasterPid()).toBe(pid);
});

test('lost passwords of an existing cluster are reported, not replaced', async () => {
  const server = await startHere();
  await server.stop();
  await rm(path.join(dataDir, 'postgres', 'credentials.json'));
  await expect(startHere()).rejects.toThrow(/credentials\.json is missing.*restore it from a backup/);
});

test("an owner who may not make the queue's role is told what an administrator runs", async () => {
  const server = await startHere();
  const credentials = JSON.parse(readFileSync(path.join(dataDir, 'postgres', 'credentials.json'), 'utf8'));
  const superuser = new URL(server.ownerUrl);
  superuser.username = 'taxolens_superuser';
  superuser.password = credentials.superuser;
  await withClient(superuser.href, (client) => client.query('drop role taxolens_queue'));
  const error: Error = (await migrate({ ...server, logger: silentLogger }).catch(
    (reason: Error) => reason,
  )) as Error;
  expect(error.message).toContain('An administrator runs once: create role taxolens_queue nologin');

  await withClient(superuser.href, (client) => client.query(error.message.split('once: ')[1]!));
  expect(await migrate({ ...server, logger: silentLogger })).toHaveLength((await readMigrations()).length);
});
