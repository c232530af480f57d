import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { ClientBase } from 'pg';
import { DatabaseSetupError } from './setup-error.ts';

export const MIGRATIONS_DIR = path.resolve(import.meta.dirname, '../../prisma/migrations');

export interface Migration {
  /** Its directory's name, which sorts by time. */
  name: string;
  sql: string;
  /** SHA-256 of the file in hex, as Prisma computes it. */
  checksum: string;
}

/** Reads the migrations in the order in which they are applied. */
export async function readMigrations(dir: string = MIGRATIONS_DIR): Promise<Migration[]> {
  const entries = await readdir(dir, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.toSorted().map(async (name) => {
      const bytes = await readFile(path.join(dir, name, 'migration.sql'));
      return {
        name,
        sql: bytes.toString('utf8'),
        checksum: createHash('sha256').update(bytes).digest('hex'),
      };
    }),
  );
}

/**
 * Compares what a database has with what this version of Taxolens brings, and returns what is missing. Throws where
 * they contradict each other: an edited migration, one of a newer version, one that the Prisma command left half done.
 */
export async function findPendingMigrations(
  client: ClientBase,
  migrations: Migration[],
): Promise<Migration[]> {
  const exists = await client.query(`select to_regclass('public._prisma_migrations') is not null as found`);
  if (!exists.rows[0].found) return migrations;
  const { rows } = await client.query<{ migration_name: string; checksum: string; finished: boolean }>(
    `select migration_name, checksum, finished_at is not null as finished
     from public._prisma_migrations where rolled_back_at is null order by migration_name`,
  );
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const row of rows) {
    const migration = known.get(row.migration_name);
    if (!row.finished) {
      throw new DatabaseSetupError(
        `Migration ${row.migration_name} was begun by another tool and never finished. Undo what it did, then run, as ` +
          `the owner: update _prisma_migrations set rolled_back_at = now() where migration_name = ` +
          `'${row.migration_name}' and finished_at is null;`,
      );
    }
    if (!migration) {
      throw new DatabaseSetupError(
        `The database has migration ${row.migration_name}, which this version of Taxolens does not know: ` +
          'start the newer version that made it, or restore a backup from before.',
      );
    }
    if (migration.checksum !== row.checksum) {
      throw new DatabaseSetupError(
        `Migration ${migration.name} was edited after it was applied (checksum ${migration.checksum}, applied ` +
          `${row.checksum}): restore the file and write a new migration instead.`,
      );
    }
  }
  const applied = new Set(rows.map((row) => row.migration_name));
  return migrations.filter((migration) => !applied.has(migration.name));
}
