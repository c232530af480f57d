import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { DatabaseSetupError } from '../setup-error.ts';

/** Passwords of the three login roles of an embedded cluster. */
export interface Credentials {
  superuser: string;
  owner: string;
  application: string;
}

export const ROLES = {
  superuser: 'taxolens_superuser',
  owner: 'taxolens_owner',
  application: 'taxolens_app',
} as const satisfies Record<keyof Credentials, string>;

export const DATABASE_NAME = 'taxolens';

/** Reads the passwords of the cluster, or makes and keeps new ones (mode 0600) before there is a cluster. */
export function loadCredentials(homeDir: string, clusterExists: boolean): Credentials {
  const file = path.join(homeDir, 'credentials.json');
  if (existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as Credentials;
  if (clusterExists) {
    throw new DatabaseSetupError(
      `${file} is missing, and with it the passwords of the cluster beside it: restore it from a backup.`,
    );
  }
  const credentials: Credentials = {
    superuser: makePassword(),
    owner: makePassword(),
    application: makePassword(),
  };
  writeFileSync(`${file}.tmp`, JSON.stringify(credentials), { mode: 0o600 });
  renameSync(`${file}.tmp`, file);
  return credentials;
}

/** 192 random bits, in letters that need no escape in a URL. */
function makePassword(): string {
  return randomBytes(24).toString('base64url');
}

/** The URL of a database behind a Unix socket, in the form that both pg and Prisma read. */
export function socketUrl(options: {
  role: string;
  password: string;
  database: string;
  socketDir: string;
}): string {
  const { role, password, database, socketDir } = options;
  return `postgresql://${role}:${password}@localhost/${database}?host=${encodeURIComponent(socketDir)}`;
}
