import { ConfigError, type Config } from '../config.ts';

/** Backups are for the Postgres that comes with the install. */
export function refuseExternal({ databaseUrl }: Config): void {
  if (!databaseUrl) return;
  throw new ConfigError(
    'DATABASE_URL names a server of its own, which "node bin/taxolens.mjs backup" and "restore" leave alone: use its own tools ' +
      '(pg_dump, pg_basebackup, or the snapshots of whoever runs it). They are for the embedded Postgres.',
  );
}
