import { copyFile, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Precision } from '../graph-files.ts';

/** Fills a directory that has a model's graphs already with the rest of it, so that it uses those of this precision. */
export async function switchPrecision(directory: string, staging: string, precision: Precision): Promise<void> {
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    if (entry.isFile()) await copyFile(join(directory, entry.name), join(staging, entry.name));
  }
  const path = join(staging, 'taxolens.json');
  const settings = JSON.parse(await readFile(path, 'utf8')) as Record<string, unknown>;
  settings.precision = { image: precision, text: precision };
  await writeFile(path, `${JSON.stringify(settings, null, 2)}\n`);
}
