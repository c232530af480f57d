import { appendFile, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadModel } from '../../../../src/inference/index.ts';
import { TINY, writeTinyModel } from '../support/tiny-model.ts';

async function edit(directory: string, file: string, change: (json: Record<string, unknown>) => unknown) {
  const path = join(directory, file);
  await writeFile(path, JSON.stringify(change(JSON.parse(await readFile(path, 'utf8')))));
}

const refusal = (file: string, message: RegExp) => ({
  code: 'MODEL_NOT_AVAILABLE',
  message: expect.stringMatching(message),
  details: { file },
});

describe('loadModel', () => {
  it('reads what the files say', async () => {
    const directory = await writeTinyModel({ settings: { name: 'Tiny', logitBias: -2, licence: 'MIT' } });
    expect(await loadModel(directory)).toMatchObject({
      id: 'tiny',
      name: 'Tiny',
      directory,
      dimension: TINY.dimension,
      contextLength: TINY.contextLength,
      logitScale: 20,
      logitBias: -2,
      activation: 'softmax',
      languages: ['en'],
      licence: 'MIT',
      isDemonstration: false,
      revision: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  it('fills what sparse configurations leave out, by family', async () => {
    const siglip = await loadModel(await writeTinyModel({ config: { model_type: 'siglip' } }));
    expect(siglip).toMatchObject({ dimension: 768, contextLength: 64, textPadding: 'context' });
    const config = {
      model_type: 'chinese_clip',
      projection_dim: 512,
      text_config: { max_position_embeddings: 512 },
    };
    expect(await loadModel(await writeTinyModel({ config }))).toMatchObject({
      contextLength: 52,
      textPadding: 'longest',
    });
  });

  it('has one revision for equal content, whatever its name, licence and place', async () => {
    const one = await loadModel(await writeTinyModel());
    const other = await loadModel(
      await writeTinyModel({ settings: { name: 'Other', licence: 'MIT', languages: ['zh'] } }),
    );
    expect(other.revision).toBe(one.revision);
  });

  it.each([
    ['the weights', (directory: string) => appendFile(join(directory, 'onnx/vision_model.onnx'), 'x')],
    ['external weights', (directory: string) => writeFile(join(directory, 'onnx/text_model.onnx_data'), 'x')],
    [
      'the tokenizer',
      (directory: string) => edit(directory, 'tokenizer.json', (json) => ({ ...json, version: '2' })),
    ],
    [
      'the scale',
      (directory: string) => edit(directory, 'taxolens.json', (json) => ({ ...json, logitScale: 21 })),
    ],
    [
      'the filter',
      (directory: string) =>
        edit(directory, 'preprocessor_config.json', (json) => ({ ...json, resample: 2 })),
    ],
  ])('has another revision when %s changed', async (_, change) => {
    const directory = await writeTinyModel();
    const before = await loadModel(directory);
    await change(directory);
    expect((await loadModel(directory)).revision).not.toBe(before.revision);
  });
});

describe('loadModel and precisions', () => {
  it('takes the graphs that the settings name, and their files alone decide the revision', async () => {
    const settings = { precision: { image: 'int8' } };
    const directory = await writeTinyModel({ settings });
    await expect(loadModel(directory)).rejects.toMatchObject(
      refusal('onnx/vision_model_int8.onnx', /is missing/),
    );
    await writeFile(join(directory, 'onnx/vision_model_int8.onnx'), 'quantised');
    const { graphs, revision } = await loadModel(directory);
    expect(graphs).toEqual({ image: 'onnx/vision_model_int8.onnx', text: 'onnx/text_model.onnx' });
    await appendFile(join(directory, 'onnx/vision_model.onnx'), 'x');
    expect((await loadModel(directory)).revision).toBe(revision);
    await writeFile(join(directory, 'onnx/vision_model_int8.onnx_data'), 'weights');
    expect((await loadModel(directory)).revision).not.toBe(revision);
  });
});

describe('loadModel refuses with MODEL_NOT_AVAILABLE', () => {
  it('a directory that does not exist, naming the setting', async () => {
    await expect(loadModel('/nowhere/model')).rejects.toMatchObject({
      code: 'MODEL_NOT_AVAILABLE',
      message: expect.stringContaining('TAXOLENS_MODEL'),
    });
  });

  it.each([
    'config.json',
    'preprocessor_config.json',
    'tokenizer.json',
    'onnx/vision_model.onnx',
    'onnx/text_model.onnx',
  ])('a directory without %s', async (file) => {
    const directory = await writeTinyModel();
    await rm(join(directory, file));
    await expect(loadModel(directory)).rejects.toMatchObject(refusal(file, /is missing/));
  });

  it('a directory without taxolens.json, saying how to write it', async () => {
    const directory = await writeTinyModel();
    await rm(join(directory, 'taxolens.json'));
    const remedy = /"logitScale": 100.*"activation": "softmax".*"languages"/;
    await expect(loadModel(directory)).rejects.toMatchObject(refusal('taxolens.json', remedy));
  });

  it.each([
    ['no scale', { logitScale: undefined }, /logitScale/],
    ['a scale that is still a logarithm of nothing', { logitScale: 0 }, /logitScale/],
    ['an unknown activation', { activation: 'relu' }, /activation/],
    ['no language', { languages: [] }, /languages/],
    ['an unbounded context', { contextLength: 1e9 }, /contextLength/],
  ])('settings with %s', async (_, settings, message) => {
    const directory = await writeTinyModel({ settings });
    await expect(loadModel(directory)).rejects.toMatchObject(refusal('taxolens.json', message));
  });

  it('a file that is not JSON', async () => {
    const directory = await writeTinyModel();
    await writeFile(join(directory, 'preprocessor_config.json'), '{');
    await expect(loadModel(directory)).rejects.toMatchObject(refusal('preprocessor_config.json', /JSON/));
  });
});
