import { readdir, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addModel } from '../../../../../src/inference/models/store/add-model.ts';
import { addOptions, tinyManifest, tinyTokenizer } from './support/tiny-manifest.ts';

const CHECKPOINTS = resolve(import.meta.dirname, '../../../../fixtures/checkpoints');
const NOBODY = 'http://127.0.0.1:9';

/** A tiny CLIP of random weights from a directory, with a tokenizer that stands elsewhere. */
async function convertible() {
  const source = { directory: join(CHECKPOINTS, 'openai-clip-vit-b-32') };
  const space = { source, dimension: 12, spaceId: 'random' };
  return tinyManifest({
    id: 'random',
    image: { ...space, architecture: 'clip-vision' },
    text: {
      ...tinyManifest().text,
      ...space,
      onnx: undefined,
      contextLength: undefined,
      tokenizer: { directory: await tinyTokenizer() },
    },
  });
}

const settingsOf = async (directory: string) =>
  JSON.parse(await readFile(join(directory, 'taxolens.json'), 'utf8')) as Record<string, unknown>;

describe('a model whose checkpoint is converted', () => {
  it("takes scale and context length from the checkpoint, and names its image encoder's weights", async () => {
    const lines: string[] = [];
    const report = { say: (line: string) => lines.push(line), onProgress: () => {} };
    const { model } = await addModel(await addOptions(NOBODY, { manifest: await convertible(), report }));
    expect(model).toMatchObject({ dimension: 12, logitScale: expect.closeTo(100, 3), contextLength: 10 });
    expect(await settingsOf(model.directory)).toMatchObject({ imageTowerSha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
    expect(lines.join('\n')).toMatch(/Converted the image encoder: \d\.\d million parameters\.\nConverted the text/);
  });

  it('keeps its graphs when it is added in another precision, and uses the last', async () => {
    const options = await addOptions(NOBODY, { manifest: await convertible() });
    const first = await addModel(options);
    const second = await addModel({ ...options, precision: 'fp16' });
    expect(second.wasThere).toBe(false);
    expect(second.model.graphs).toEqual({ image: 'onnx/vision_model_fp16.onnx', text: 'onnx/text_model_fp16.onnx' });
    const graphs = await readdir(join(second.model.directory, 'onnx'));
    expect(graphs).toContain('vision_model.onnx');
    expect(second.model.imageRevision).not.toBe(first.model.imageRevision);
    expect((await addModel({ ...options, precision: 'fp16' })).wasThere).toBe(true);
    expect((await stat(join(second.model.directory, 'onnx/text_model.onnx'))).nlink).toBe(1);
  });

  it('is refused where its checkpoint is not what the manifest says, and leaves nothing', async () => {
    const manifest = await convertible();
    manifest.image.dimension = manifest.text.dimension = 16;
    const options = await addOptions(NOBODY, { manifest });
    await expect(addModel(options)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringMatching(/image encoder of 'random' has vectors of 12 numbers, and its manifest says 16/),
    });
    expect(await readdir(options.modelsDir)).toEqual(['models.lock.json']);
  });

  it('is refused where the manifest asks for more positions than there are', async () => {
    const manifest = await convertible();
    manifest.text.contextLength = 77;
    await expect(addModel(await addOptions(NOBODY, { manifest }))).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('The context length of \'random\' of 77 is more than the 10 positions'),
    });
  });
});
