import { existsSync } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { DatabaseSetupError } from '../setup-error.ts';
import { writeManifest, type BackupManifest } from './backup-manifest.ts';
import { listClusterFiles, listWalSegments } from './cluster-files.ts';
import { copyFile, forEachFile, syncDirectory, type CopiedBytes } from './copy-file.ts';
import type { Place } from './place.ts';

export interface BackUpOptions {
  place: Place;
  /** May start a backup, which the other roles may not. */
  superuserUrl: string;
  /** Must be new, or empty. It appears complete or not at all. */
  directory: string;
}

/**
 * Copies a cluster that is in use to a new directory: its files and the WAL that was written meanwhile, from which
 * a restored server makes them consistent. Holds every write that was acknowledged before the copy ended.
 */
export async function backUpCluster({
  place,
  superuserUrl,
  directory,
}: BackUpOptions): Promise<BackupManifest> {
  if (existsSync(directory) && (await readdir(directory)).length > 0) {
    throw new DatabaseSetupError(`${directory} is not empty: name a new directory for the backup.`);
  }
  const unfinished = `${directory}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  await mkdir(path.join(unfinished, 'cluster'), { recursive: true, mode: 0o700 });
  try {
    const copied = await withBackupMode(superuserUrl, (session) => copyCluster(place, unfinished, session));
    await copyFile(path.join(place.homeDir, 'credentials.json'), path.join(unfinished, 'credentials.json'));
    const postgres = (await readFile(path.join(place.clusterDir, 'PG_VERSION'), 'utf8')).trim();
    const manifest: BackupManifest = { format: 1, postgres, ...copied };
    await writeManifest(unfinished, manifest);
    await syncDirectory(unfinished);
    await rename(unfinished, directory);
    await syncDirectory(path.dirname(directory));
    return manifest;
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
}

interface BackupSession {
  /** Ends the backup mode. `label` belongs into the copy; `first` and `last` are the WAL segments that it needs. */
  end(): Promise<{ label: string; first: string; last: string }>;
}

/** A connection in backup mode. A slot of its own keeps the WAL meanwhile; both go with the connection. */
async function withBackupMode<T>(url: string, work: (session: BackupSession) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url });
  client.on('error', () => {}); // whatever is asked next throws
  await client.connect();
  try {
    await client.query(
      `select pg_create_physical_replication_slot('taxolens_backup_' || pg_backend_pid(), true, true)`,
    );
    await client.query(`select pg_backup_start('taxolens', fast => true)`);
    return await work({
      async end() {
        const { rows } = await client.query<{ label: string; last: string }>(
          `select labelfile as label, pg_walfile_name(lsn) as last from pg_backup_stop(wait_for_archive => false)`,
        );
        const { label, last } = rows[0]!;
        return { label, last, first: /^START WAL LOCATION: .*\(file ([0-9A-F]{24})\)/m.exec(label)![1]! };
      },
    });
  } finally {
    await client.end();
  }
}

type Copied = Pick<BackupManifest, 'holdsAllUntil' | 'directories' | 'files'>;

async function copyCluster({ clusterDir }: Place, target: string, session: BackupSession): Promise<Copied> {
  const { directories, files } = await listClusterFiles(clusterDir);
  for (const dir of directories) await mkdir(path.join(target, 'cluster', dir), { mode: 0o700 });
  const copyHere = async (file: string) => {
    const to = path.join(target, 'cluster', file);
    return { path: file, ...(await copyFile(path.join(clusterDir, file), to)) };
  };
  const present = await forEachFile(files.slice(0, -1), (file) => copyHere(file).catch(ignoreGone));
  const control = await copyUnchanged(() => copyHere(files.at(-1)!));

  const holdsAllUntil = new Date().toISOString();
  const { label, first, last } = await session.end();
  const segments = await listWalSegments(clusterDir, first, last);
  const wal = await forEachFile(segments, (segment) => copyHere(`pg_wal/${segment}`));
  const labelFile = await writeLabel(target, label);
  return { holdsAllUntil, directories, files: [...present.flat(), control, ...wal, labelFile] };
}

/** A table that was dropped meanwhile: the WAL says so too. */
function ignoreGone(error: NodeJS.ErrnoException): [] {
  if (error.code === 'ENOENT') return [];
  throw error;
}

/** The WAL mends what was read half written, but not this one file: until two copies are the same. */
async function copyUnchanged<T extends CopiedBytes>(copy: () => Promise<T>): Promise<T> {
  let last = await copy();
  for (;;) {
    await sleep(10);
    const next = await copy();
    if (next.sha256 === last.sha256) return next;
    last = next;
  }
}

/** Without it Postgres would trust the copied files as they are. */
async function writeLabel(target: string, label: string): Promise<BackupManifest['files'][number]> {
  const draft = path.join(target, 'label');
  const handle = await open(draft, 'wx', 0o600);
  await handle.writeFile(label).finally(() => handle.close());
  const copied = await copyFile(draft, path.join(target, 'cluster', 'backup_label'));
  await rm(draft);
  return { path: 'backup_label', ...copied };
}
