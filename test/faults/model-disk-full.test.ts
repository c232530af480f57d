import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startProgram } from '../support/child.ts';
import { startHubDouble } from '../support/hub-double.ts';
import { MAIN } from '../support/served.ts';
import {
  makeDirectory,
  tinyCheckpoint,
  tinyExport,
  tinyManifest,
} from '../unit/inference/models/store/support/tiny-manifest.ts';
import { writeTinyModel } from '../unit/inference/support/tiny-model.ts';

/** A mount that only this process and its children see; an ordinary user makes it as the owner of a namespace. */
const OWN_MOUNTS = process.getuid?.() === 0 ? ['-m'] : ['-U', '-m', '--map-current-user', '--keep-caps'];

const hub = await startHubDouble();
afterAll(() => hub.stop());
hub.publish('exporter/tiny', await tinyExport());
hub.publish('maker/tiny', tinyCheckpoint());

let modelsDir: string;
let manifest: string;
beforeAll(async () => {
  modelsDir = await makeDirectory();
  manifest = join(await makeDirectory(), 'tiny.json');
  await writeFile(manifest, JSON.stringify(tinyManifest()));
});

/** Runs `model add` with a disk of this kind as the directory of models. */
async function addOnDisk(options: string, model = manifest) {
  hub.seen.length = 0;
  const mount = `mount -t tmpfs -o ${options} tmpfs "$0" && exec "$@"`;
  const command = ['unshare', [...OWN_MOUNTS, 'sh', '-c', mount, modelsDir, process.execPath, MAIN]] as const;
  const child = startProgram(command[0], [...command[1], 'model', 'add', model], {
    TAXOLENS_MODELS_DIR: modelsDir,
    HF_ENDPOINT: hub.endpoint,
  });
  return { code: await child.ended, output: child.output() };
}

it('a disk that is too small is seen before anything is fetched', async () => {
  const { code, output } = await addOnDisk('size=20m');
  expect(output).toMatch(
    /There is no room in .*: 100 MB are needed .*, and 2\d MB are free\..*TAXOLENS_MODELS_DIR/s,
  );
  expect(code).toBe(78);
  expect(hub.downloads('onnx/text_model.onnx')).toEqual([]);
});

it('a disk that is too small for a copy is seen before anything is copied', async () => {
  const directory = await writeTinyModel();
  const data = join(directory, 'onnx/text_model.onnx_data');
  await writeFile(data, '');
  await truncate(data, 50_000_000);
  const { code, output } = await addOnDisk('size=120m', directory);
  expect(output).toMatch(/There is no room in .*: 1[56]\d MB are needed/s);
  expect(code).toBe(78);
});

it('a disk that is full on the way is named, with what mends it', async () => {
  // Room for bytes, and for so few files that some file is one too many.
  const { code, output } = await addOnDisk('size=200m,nr_inodes=12');
  expect(output).toMatch(/There is no room left in .* \(ENOSPC\)\. .*it goes on where it stopped/s);
  expect(code).toBe(78);
});
