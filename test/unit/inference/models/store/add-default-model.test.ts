import { readdir } from 'node:fs/promises';
import { afterAll, expect, it } from 'vitest';
import { addDefaultModel } from '../../../../../src/inference/models/store/index.ts';
import { startHubDouble } from '../../../../support/hub-double.ts';
import { makeDirectory, tinyCheckpoint, tinyExport } from './support/tiny-manifest.ts';

const hub = await startHubDouble();
afterAll(() => hub.stop());
const published = await tinyExport();
// A built-in manifest, with graphs of its own: what they compute does not matter here.
hub.publish('Xenova/clip-vit-base-patch32', published);
hub.publish('openai/clip-vit-base-patch32', tinyCheckpoint());

async function start(model: string, allowModelDownload: boolean) {
  const modelsDir = await makeDirectory();
  const lines: string[] = [];
  const report = { say: (line: string) => lines.push(line), onProgress: () => {} };
  const options = { model, modelsDir, allowModelDownload, hub: { endpoint: hub.endpoint, offline: false } };
  await addDefaultModel(options, report);
  await addDefaultModel(options, report);
  return { lines, added: (await readdir(modelsDir)).filter((name) => !name.endsWith('.json')) };
}

it('a start adds the default model that the registry has, once, where it may', async () => {
  const { lines, added } = await start('clip-vit-base-patch32', true);
  expect(added).toEqual(['clip-vit-base-patch32']);
  expect(lines).toEqual([
    'Adding the model OpenAI CLIP ViT-B/32, as TAXOLENS_ALLOW_MODEL_DOWNLOAD says...',
    expect.stringMatching(/^Mind its restrictions: The model card of OpenAI/),
  ]);
});

it('a start adds nothing where it may not, or where the registry has nothing of that name', async () => {
  hub.seen.length = 0;
  expect((await start('clip-vit-base-patch32', false)).added).toEqual([]);
  expect((await start('my-own', true)).added).toEqual([]);
  expect(hub.seen).toEqual([]);
});

it('an export that is gone is no obstacle: what it lacks is looked for in the checkpoint', async () => {
  hub.publish('openai/clip-vit-base-patch16', { ...tinyCheckpoint(), files: {} });
  await expect(start('clip-vit-base-patch16', true)).rejects.toMatchObject({
    code: 'MODEL_NOT_AVAILABLE',
    message: expect.stringMatching(/^openai\/clip-vit-base-patch16 has none of model\.safetensors, /),
  });
});
