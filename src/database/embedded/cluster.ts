import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { Client } from 'pg';
import { QUEUE_ROLE } from '../queue-schema.ts';
import { DATABASE_NAME, ROLES, socketUrl, type Credentials } from './credentials.ts';
import type { Place } from './place.ts';
import { giveTo } from './server-user.ts';

const INITDB_OPTIONS = [
  '--auth=scram-sha-256',
  '--encoding=UTF8',
  // The builtin provider sorts and folds Unicode alike on every machine, with no locale installed.
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--no-instructions',
];

/** Makes the cluster where there is none. It appears complete or not at all: a crash leaves nothing half made. */
export async function createCluster(place: Place, superuserPassword: string, sync: boolean): Promise<void> {
  if (existsSync(place.clusterDir)) return;
  const unfinished = `${place.clusterDir}.unfinished`;
  const passwordFile = path.join(place.homeDir, 'initdb-password');
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(unfinished, { mode: 0o700 });
  giveTo(place.user, unfinished);
  await writeFile(passwordFile, superuserPassword, { mode: 0o600 });
  await chmod(passwordFile, 0o600);
  giveTo(place.user, passwordFile);
  try {
    await runInitdb(place, [
      `--pgdata=${unfinished}`,
      `--username=${ROLES.superuser}`,
      `--pwfile=${passwordFile}`,
      ...INITDB_OPTIONS,
      ...(sync ? [] : ['--no-sync']),
    ]);
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(unfinished, place.clusterDir);
}

async function runInitdb(place: Place, args: string[]): Promise<void> {
  const child = spawn(path.join(place.binDir, 'initdb'), args, {
    ...place.user,
    cwd: '/',
    env: { TZ: 'UTC', LC_ALL: 'C' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let output = '';
  child.stderr.setEncoding('utf8').on('data', (chunk: string) => (output += chunk));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`initdb failed with exit code ${code}:\n${output.trim()}`);
}

/**
 * Makes the roles and the database that are missing; backups aside, all that the superuser is ever used for. The owner runs
 * migrations, the application works, the queue's role owns the queue's schema; none of them can bypass policies.
 */
export async function createRoles(socketDir: string, credentials: Credentials): Promise<void> {
  const password = credentials.superuser;
  const connectionString = socketUrl({ role: ROLES.superuser, password, database: 'postgres', socketDir });
  const client = new Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query<{ rolname: string }>('select rolname from pg_roles');
    const existing = new Set(rows.map((row) => row.rolname));
    const powerless = 'nosuperuser nobypassrls nocreatedb nocreaterole noinherit';
    for (const kind of ['owner', 'application'] as const) {
      if (existing.has(ROLES[kind])) continue;
      const secret = client.escapeLiteral(credentials[kind]);
      await client.query(`create role ${ROLES[kind]} login ${powerless} password ${secret}`);
    }
    if (!existing.has(QUEUE_ROLE)) await client.query(`create role ${QUEUE_ROLE} nologin ${powerless}`);
    await client.query(`grant ${QUEUE_ROLE} to ${ROLES.owner}, ${ROLES.application}`);
    const databases = await client.query('select from pg_database where datname = $1', [DATABASE_NAME]);
    if (databases.rowCount === 0) await client.query(`create database ${DATABASE_NAME} owner ${ROLES.owner}`);
    await client.query(`revoke all on database ${DATABASE_NAME} from public`);
    await client.query(`grant connect on database ${DATABASE_NAME} to ${ROLES.application}`);
  } finally {
    await client.end();
  }
}
