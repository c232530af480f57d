import { spawnSync } from 'node:child_process';
import { chownSync, existsSync, readFileSync, statSync } from 'node:fs';
import { DatabaseSetupError } from '../setup-error.ts';

/** The ids that Postgres runs under, where they are not our own. */
export interface ServerUser {
  uid: number;
  gid: number;
}

/**
 * Postgres refuses to run as root: for root this names the owner of an existing cluster, else the user
 * `postgres`, else `nobody`. Undefined for an ordinary user, who runs it himself.
 */
export function chooseServerUser(clusterDir: string): ServerUser | undefined {
  if (process.getuid?.() !== 0) return undefined;
  if (existsSync(clusterDir)) {
    const { uid, gid } = statSync(clusterDir);
    if (uid !== 0) return { uid, gid };
  }
  // initdb wants a user with an entry in the password file, so a made-up id will not do.
  const users = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const fields = users.find((line) => line.startsWith(`${name}:`))?.split(':');
    if (fields) return { uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  throw new DatabaseSetupError(
    'Postgres does not run as root and there is no user "postgres" or "nobody": start Taxolens as an ordinary user.',
  );
}

/** Hands a file or directory to the server user; nothing to do when we run Postgres ourselves. */
export function giveTo(user: ServerUser | undefined, file: string): void {
  if (user) chownSync(file, user.uid, user.gid);
}

/** Whether the server user gets into `dir` and can run `program`. */
export function canReach(user: ServerUser | undefined, dir: string, program: string): boolean {
  const probe = spawnSync('/bin/sh', ['-c', 'cd "$0" && "$1" --version', dir, program], {
    ...user,
    cwd: '/',
    stdio: 'ignore',
  });
  return probe.status === 0;
}
