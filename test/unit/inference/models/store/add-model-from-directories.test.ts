import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { addModel } from '../../../../../src/inference/models/store/add-model.ts';
import { startHubDouble } from '../../../../support/hub-double.ts';
import {
  addOptions,
  COMMIT,
  tinyCheckpoint,
  tinyExport,
  tinyManifest,
  writeCopies,
} from './support/tiny-manifest.ts';

const hub = await startHubDouble();
afterAll(() => hub.stop());
const published = await tinyExport();
const checkpoint = tinyCheckpoint();
hub.publish('exporter/tiny', published);
hub.publish('maker/tiny', checkpoint);
beforeEach(() => {
  hub.seen.length = 0;
});

const TEXT = 'onnx/text_model.onnx';
const refusal = (message: RegExp) => ({ code: 'MODEL_NOT_AVAILABLE', message: expect.stringMatching(message) });

describe('a model from directories', () => {
  it.each([
    ['tokenizer_config.json', '{', /tokenizer_config\.json is no JSON object/],
    ['model.safetensors', 'no header', /model\.safetensors cannot be used: its header claims/],
  ])('is refused where its %s is broken', async (file, content, message) => {
    const files = { ...published.files, ...checkpoint.files, [file]: Buffer.from(content) };
    const from = await writeCopies({ '': { commit: '', files } });
    await expect(addModel(await addOptions(hub.endpoint, { from }))).rejects.toMatchObject(refusal(message));
  });

  it.each([
    ['{', /index\.json cannot be used: it is no index of shards/],
    [' '.repeat(5e6), /index\.json cannot be used: it has 5000000 bytes/],
    ['{"weight_map": {"a": ".."}}', /it names a shard in another directory, \.\./],
    ['{"weight_map": {"a": "../a"}}', /it names a shard in another directory, \.\.\/a/],
  ])('is refused where its index of shards is none (case %#)', async (index, message) => {
    const files = { ...published.files, 'config.json': Buffer.from('{}'), 'model.safetensors.index.json': Buffer.from(index) };
    const from = await writeCopies({ '': { commit: '', files } });
    await expect(addModel(await addOptions(hub.endpoint, { from, precision: 'int8' }))).rejects.toMatchObject(refusal(message));
  });

  it("takes the revision that a manifest names out of the hub's own cache", async () => {
    const other = 'd4'.repeat(20);
    const from = await writeCopies({
      [`models--exporter--tiny/snapshots/${other}`]: { commit: other, files: { ...published.files, [TEXT]: Buffer.from('x') } },
      [`models--exporter--tiny/snapshots/${COMMIT}`]: published,
      'models--exporter--tiny': { commit: '', files: { 'refs/main': Buffer.from(other), 'refs/v1': Buffer.from(COMMIT) } },
      'maker/tiny': checkpoint,
    });
    const manifest = tinyManifest();
    manifest.image.onnx = manifest.text.onnx = { repo: 'exporter/tiny', revision: 'v1' };
    const { model } = await addModel(await addOptions(hub.endpoint, { from, manifest }));
    expect(await readFile(join(model.directory, TEXT))).toEqual(published.files[TEXT]);
  });

  it.each([
    ['owner/name', { 'exporter/tiny': published, 'maker/tiny': checkpoint }],
    [
      "the hub's own cache",
      {
        [`models--exporter--tiny/snapshots/${COMMIT}`]: published,
        [`models--maker--tiny/snapshots/${checkpoint.commit}`]: checkpoint,
      },
    ],
    ['one directory', { '': { commit: '', files: { ...published.files, ...checkpoint.files } } }],
  ])('laid out as %s, without the hub', async (_, copies) => {
    const from = await writeCopies(copies);
    const { model } = await addModel(await addOptions(hub.endpoint, { from }));
    expect(model.logitScale).toBeCloseTo(50, 4);
    expect(hub.seen).toEqual([]);
    expect((await stat(join(model.directory, TEXT))).nlink).toBe(1);
  });

  it('is refused where a copy is missing, with the places that were looked at', async () => {
    const from = await writeCopies({ 'exporter/tiny': published });
    const manifest = tinyManifest();
    manifest.text.source = { repo: 'other/text', revision: 'main' };
    await expect(addModel(await addOptions(hub.endpoint, { from, manifest }))).rejects.toMatchObject(
      refusal(/has no copy of maker\/tiny.*models--maker--tiny\/snapshots/),
    );
  });

  it('is refused where it is not what the lock file says', async () => {
    const options = await addOptions(hub.endpoint);
    await addModel(options);
    const changed = { ...published.files, 'tokenizer.json': Buffer.from('{}') };
    const from = await writeCopies({ 'exporter/tiny': { commit: '', files: changed }, 'maker/tiny': checkpoint });
    const manifest = tinyManifest({ id: 'twin' });
    await expect(addModel({ ...options, manifest, from })).rejects.toMatchObject(
      refusal(/tokenizer\.json of exporter\/tiny is not the file of the first time/),
    );
  });
});
