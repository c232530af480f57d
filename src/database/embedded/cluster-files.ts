import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSetupError } from '../setup-error.ts';

/** Paths within a cluster. */
export interface ClusterFiles {
  directories: string[];
  files: string[];
}

/** What a server makes anew when it starts, or (WAL) a backup picks for itself: the directories stay, empty. */
const EMPTIED = new Set([
  'pg_wal',
  'pg_replslot',
  'pg_dynshmem',
  'pg_notify',
  'pg_serial',
  'pg_snapshots',
  'pg_stat_tmp',
  'pg_subtrans',
]);
/** Of the running server, of its temporary files, or written by the backup itself. */
const LEFT_OUT =
  /^(postmaster\.(pid|opts)|current_logfiles|backup_label(\.old)?|tablespace_map(\.old)?)$|(^|\/)(pgsql_tmp|pg_internal\.init)/;

/**
 * Lists what a copy of a running cluster consists of (Postgres: "Making a Base Backup Using the Low Level API").
 * `global/pg_control` comes last, as it says how far the other files have come.
 */
export async function listClusterFiles(clusterDir: string): Promise<ClusterFiles> {
  const found: ClusterFiles = { directories: [], files: [] };
  await walk(clusterDir, '', found);
  const control = 'global/pg_control';
  return { ...found, files: [...found.files.filter((file) => file !== control), control] };
}

async function walk(clusterDir: string, dir: string, found: ClusterFiles): Promise<void> {
  for (const entry of await readEntries(path.join(clusterDir, dir))) {
    const name = dir ? `${dir}/${entry.name}` : entry.name;
    if (LEFT_OUT.test(name)) continue;
    if (entry.isSymbolicLink()) {
      throw new DatabaseSetupError(
        `${name} of the database lies elsewhere (a tablespace): use a file-system snapshot.`,
      );
    }
    if (entry.isFile()) found.files.push(name);
    if (!entry.isDirectory()) continue;
    found.directories.push(name);
    if (!EMPTIED.has(name)) await walk(clusterDir, name, found);
  }
}

/** The database of a directory may be dropped meanwhile: then it is as if it had been empty. */
async function readEntries(dir: string): Promise<Dirent[]> {
  return readdir(dir, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
}

const SEGMENT = /^[0-9A-F]{24}$/;

/** Names of the WAL segments from `first` to `last`. Throws where one of them is not there. */
export async function listWalSegments(clusterDir: string, first: string, last: string): Promise<string[]> {
  const names = await readdir(path.join(clusterDir, 'pg_wal'));
  const segments = names.filter((name) => SEGMENT.test(name) && name >= first && name <= last).toSorted();
  const expected = numberOf(last) - numberOf(first) + 1;
  if (segments.length === expected) return segments;
  throw new Error(
    `Of the WAL from ${first} to ${last} only ${segments.length} of ${expected} segments are there.`,
  );
}

/** A segment is called by its timeline, then 32 bits of its number and 8 more, each as 8 hex digits (16 MB each). */
function numberOf(segment: string): number {
  return Number.parseInt(segment.slice(8, 16), 16) * 256 + Number.parseInt(segment.slice(16), 16);
}
