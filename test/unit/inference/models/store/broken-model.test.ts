import { chmod, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { addModel, importModel } from '../../../../../src/inference/models/store/index.ts';
import { readPins, writePins } from '../../../../../src/inference/models/store/pins.ts';
import { startHubDouble } from '../../../../support/hub-double.ts';
import { writeTinyModel } from '../../support/tiny-model.ts';
import { addOptions, makeDirectory, tinyCheckpoint, tinyExport } from './support/tiny-manifest.ts';

const hub = await startHubDouble();
afterAll(() => hub.stop());
hub.publish('maker/tiny', tinyCheckpoint());

it.each(['onnx/vision_model.onnx', 'onnx/text_model.onnx', 'tokenizer.json'])(
  'a model whose %s is broken is refused when it is added, and nothing of it is left',
  async (file) => {
    const tiny = await tinyExport();
    hub.publish('exporter/tiny', { ...tiny, files: { ...tiny.files, [file]: Buffer.from('{}') } });
    const options = await addOptions(hub.endpoint);
    const { message } = await addModel(options).then(
      () => expect.fail('it was added'),
      (error: Error) => error,
    );
    expect(message).toMatch(/^The model 'tiny' was not added, since it does not run\. .*Add it from another place/);
    expect(message).toContain(file.split('/').at(-1)!.split('.')[0]!.replace('_model', ''));
    expect(message).not.toContain(options.modelsDir);
    expect(await readdir(options.modelsDir)).toEqual(['models.lock.json']);
    expect((await readPins(options.modelsDir)).models).toEqual({});

    // What its publisher mends is another commit than the one that was seen first.
    hub.publish('exporter/tiny', { ...tiny, commit: 'c3'.repeat(20) });
    expect(message).toContain('remove its entry from "sources" in models.lock.json');
    const pins = await readPins(options.modelsDir);
    delete pins.sources['exporter/tiny'];
    await writePins(options.modelsDir, pins);
    expect(await addModel(options)).toMatchObject({ wasThere: false });
  },
);

it('what is killed while it is tried may be whole: what has come is kept, and the next time adds it', async () => {
  const tiny = await tinyExport();
  hub.publish('exporter/tiny', tiny);
  const options = await addOptions(hub.endpoint);
  const { execPath } = process;
  process.execPath = join(await makeDirectory(), 'killed');
  await writeFile(process.execPath, '#!/bin/sh\nkill -9 $$\n');
  await chmod(process.execPath, 0o755);
  try {
    await expect(addModel(options)).rejects.toMatchObject({
      code: 'MODEL_NOT_AVAILABLE',
      message: expect.stringMatching(/'tiny' was not added.*SIGKILL.*memory/),
    });
  } finally {
    process.execPath = execPath;
  }
  const before = hub.downloads('onnx/vision_model.onnx').length;
  await addModel(options);
  expect(hub.downloads('onnx/vision_model.onnx')).toHaveLength(before);
});

it('a directory whose graph does not fit its settings is refused as well', async () => {
  const modelsDir = await makeDirectory();
  const source = await writeTinyModel({ settings: { dimension: 17 } });
  await expect(importModel(source, modelsDir)).rejects.toMatchObject({
    code: 'MODEL_NOT_AVAILABLE',
    message: expect.stringMatching(/'tiny' was not added.*onnx\/vision_model\.onnx cannot be run.*17/),
  });
  expect(await readdir(modelsDir)).toEqual([]);
});

it('any name of a directory will do', async () => {
  const modelsDir = join(await makeDirectory(), 'die Modelle -- 模型');
  const source = await writeTinyModel();
  await writeFile(join(source, 'README.md'), '');
  expect(await importModel(source, modelsDir)).toMatchObject({ wasThere: false });
});
