import { readFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { DatabaseSetupError } from '../setup-error.ts';

const Manifest = z.object({
  format: z.literal(1),
  /** Major version of the Postgres: its files are read by the same one only. */
  postgres: z.string(),
  /** Every write that was acknowledged before this moment is in the backup. */
  holdsAllUntil: z.iso.datetime(),
  directories: z.array(z.string()),
  files: z.array(z.object({ path: z.string(), bytes: z.int(), sha256: z.string().length(64) })),
});

/** What a backup consists of. Paths are within its `cluster/`. */
export type BackupManifest = z.output<typeof Manifest>;

const MANIFEST = 'backup.json';

/** Written last: a directory without it is no backup. */
export async function writeManifest(directory: string, manifest: BackupManifest): Promise<void> {
  const handle = await open(path.join(directory, MANIFEST), 'wx', 0o600);
  await handle.writeFile(JSON.stringify(manifest));
  await handle.sync().finally(() => handle.close());
}

/** Throws DatabaseSetupError where the directory is no backup, or not one that this version reads. */
export function readManifest(directory: string): BackupManifest {
  const file = path.join(directory, MANIFEST);
  try {
    const manifest = Manifest.parse(JSON.parse(readFileSync(file, 'utf8')));
    const paths = [...manifest.directories, ...manifest.files.map((one) => one.path)];
    const foreign = paths.find((one) => path.isAbsolute(one) || one.split(/[/\\]/).includes('..'));
    if (foreign) throw new Error(`It names ${foreign}, which lies outside.`);
    return manifest;
  } catch (error) {
    throw new DatabaseSetupError(
      `${directory} holds no backup that this version of Taxolens can read: expected ${MANIFEST} as "node bin/taxolens.mjs backup" writes it.`,
      { cause: error },
    );
  }
}
