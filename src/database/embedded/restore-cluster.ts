import { existsSync } from 'node:fs';
import { mkdir, rename, rm, rmdir } from 'node:fs/promises';
import path from 'node:path';
import { DatabaseSetupError } from '../setup-error.ts';
import { readManifest, type BackupManifest } from './backup-manifest.ts';
import { findBinaries } from './binaries.ts';
import { claimCluster } from './claim.ts';
import { copyFile, forEachFile, syncDirectory } from './copy-file.ts';
import { choosePlace, type Place } from './place.ts';
import { giveTo } from './server-user.ts';

export interface RestoreOptions {
  /** The data directory of an installation that has no database yet. */
  dataDir: string;
  /** What `taxolens backup` wrote. */
  directory: string;
  onProgress: (line: string) => void;
}

/**
 * Makes the cluster of `dataDir` from a backup, complete or not at all; each file is compared with its checksum.
 * The next start of Postgres replays the backup's WAL. Throws DatabaseSetupError where there is a cluster already.
 */
export async function restoreCluster({
  dataDir,
  directory,
  onProgress,
}: RestoreOptions): Promise<BackupManifest> {
  const manifest = readManifest(directory);
  const major = findBinaries().version.split('.')[0]!;
  if (manifest.postgres !== major) {
    throw new DatabaseSetupError(
      `The backup is of Postgres ${manifest.postgres}, this version of Taxolens brings ${major}: restore it with the version that made it.`,
    );
  }
  const place = await choosePlace(dataDir, onProgress);
  const claim = await claimCluster(place.homeDir);
  if (!claim.claimed) {
    throw new DatabaseSetupError(`Process ${claim.pid} uses the data directory ${dataDir}: end it first.`);
  }
  try {
    if (existsSync(place.clusterDir)) {
      throw new DatabaseSetupError(
        `There is a database in ${dataDir}, and nothing of it was changed. Name another directory with TAXOLENS_DATA_DIR, or move this one away.`,
      );
    }
    await copyBack(place, directory, manifest);
    return manifest;
  } finally {
    await claim.release();
    await rmdir(place.homeDir).catch(() => {}); // where nothing was restored into it
  }
}

async function copyBack(place: Place, directory: string, manifest: BackupManifest): Promise<void> {
  const { homeDir, clusterDir, user } = place;
  const unfinished = `${clusterDir}.unfinished`;
  await rm(unfinished, { recursive: true, force: true });
  try {
    for (const dir of ['', ...manifest.directories]) {
      await mkdir(path.join(unfinished, dir), { mode: 0o700 });
      giveTo(user, path.join(unfinished, dir));
    }
    await forEachFile(manifest.files, async (file) => {
      const to = path.join(unfinished, file.path);
      const { sha256 } = await copyFile(path.join(directory, 'cluster', file.path), to).catch(
        refuseDamaged(file.path),
      );
      if (sha256 !== file.sha256) throw damaged(file.path);
      giveTo(user, to);
    });
    const credentials = 'credentials.json';
    await copyFile(path.join(directory, credentials), path.join(homeDir, credentials)).catch(
      refuseDamaged(credentials),
    );
    for (const dir of ['', ...manifest.directories]) await syncDirectory(path.join(unfinished, dir));
    await rename(unfinished, clusterDir);
    await syncDirectory(homeDir);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    throw error;
  }
}

function refuseDamaged(file: string): (error: NodeJS.ErrnoException) => never {
  return (error) => {
    throw error.code === 'ENOENT' ? damaged(file) : error;
  };
}

function damaged(file: string): DatabaseSetupError {
  return new DatabaseSetupError(
    `The backup is damaged: ${file} is not what was backed up. Nothing was restored; use another backup.`,
  );
}
