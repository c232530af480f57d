import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import { addModel } from '../../../../../src/inference/models/store/add-model.ts';
import { removeModel } from '../../../../../src/inference/models/store/remove-model.ts';
import { verifyModel } from '../../../../../src/inference/models/store/verify-model.ts';
import { startHubDouble } from '../../../../support/hub-double.ts';
import { addOptions, tinyCheckpoint, tinyExport, tinyManifest, writeCopies } from './support/tiny-manifest.ts';

const disk = vi.hoisted(() => ({ isBroken: false }));
vi.mock('node:fs/promises', async (load) => {
  const real = await load<typeof import('node:fs/promises')>();
  const moveIntoPlace: typeof rename = async (from, to) => {
    if (disk.isBroken && String(from).includes('.adding-')) throw new Error('the disk is broken');
    await real.rename(from, to);
  };
  return { ...real, rename: moveIntoPlace };
});

const hub = await startHubDouble();
afterAll(() => hub.stop());
const published = await tinyExport();
hub.publish('exporter/tiny', published);
hub.publish('maker/tiny', tinyCheckpoint());
const GRAPHS = ['onnx/vision_model', 'onnx/text_model'];
for (const graph of GRAPHS) published.files[`${graph}_fp16.onnx`] = published.files[`${graph}.onnx`]!;

/** Adds a model, and breaks off where it is moved into its place. */
async function breakOff(options: Parameters<typeof addModel>[0]): Promise<void> {
  disk.isBroken = true;
  await expect(addModel(options)).rejects.toThrow('the disk is broken');
  disk.isBroken = false;
}

it('a model that was not moved into its place can be added again, verified and removed', async () => {
  const options = await addOptions(hub.endpoint);
  const { modelsDir } = options;
  await breakOff(options);
  // Its hashes are kept first: what is there without them would be nobody's.
  expect((await verifyModel('tiny', modelsDir)).problems).not.toEqual([]);
  expect(await addModel(options)).toMatchObject({ wasThere: false });
  expect((await verifyModel('tiny', modelsDir)).problems).toEqual([]);
  await removeModel('tiny', { model: 'other', modelsDir });
});

it('a model that could not be replaced stays', async () => {
  const options = await addOptions(hub.endpoint);
  const { model } = await addModel(options);
  await breakOff({ ...options, precision: 'fp16' });
  expect(await readdir(join(model.directory, 'onnx'))).toEqual(['text_model.onnx', 'vision_model.onnx']);
});

it('what killed processes left is deleted, and what one had taken away is put back', async () => {
  const options = await addOptions(hub.endpoint);
  const { modelsDir } = options;
  const { model } = await addModel(options);
  await rename(model.directory, join(modelsDir, '.replaced-tiny'));
  for (const name of ['.adding-gone', '.removing-gone', '.replaced-twin', 'twin']) await mkdir(join(modelsDir, name));
  await addModel({ ...options, manifest: tinyManifest({ id: 'next' }) });
  expect(await readdir(modelsDir)).toEqual(['models.lock.json', 'next', 'tiny', 'twin']);
});

it('uses the precision that was asked for last, also where its graphs are there already', async () => {
  const options = await addOptions(hub.endpoint);
  const first = await addModel(options);
  const second = await addModel({ ...options, precision: 'fp16' });
  expect(second.model.graphs.image).toBe('onnx/vision_model_fp16.onnx');
  hub.seen.length = 0;
  const third = await addModel(options);
  expect(third.wasThere).toBe(true);
  expect(third.model).toMatchObject({ revision: first.model.revision, graphs: first.model.graphs });
  expect(hub.seen).toEqual([]);
  expect((await verifyModel('tiny', options.modelsDir)).problems).toEqual([]);
});

it('mends a model that lost a file, and leaves the files that it shares as they are', async () => {
  const options = await addOptions(hub.endpoint);
  const { model } = await addModel(options);
  const graph = join(model.directory, 'onnx/vision_model.onnx');
  const shares = { ...options, manifest: tinyManifest({ id: 'twin' }) };
  const { model: twin } = await addModel(shares);
  const before = await stat(graph);
  expect(before.nlink).toBe(2);
  await rm(join(twin.directory, 'taxolens.json'));
  const from = await writeCopies({ 'exporter/tiny': published, 'maker/tiny': tinyCheckpoint() });
  await addModel({ ...shares, from });
  expect((await stat(graph)).mtimeMs).toBe(before.mtimeMs);
  expect((await verifyModel('twin', options.modelsDir)).problems).toEqual([]);
});
