import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openCheckpoint } from '../../../../../src/inference/models/convert/checkpoint/open-checkpoint.ts';
import { convertCheckpoint } from '../../../../../src/inference/models/convert/index.ts';
import { floatSafetensors, makeDirectory } from './support/files.ts';
import type { ConversionOptions } from '../../../../../src/inference/models/convert/index.ts';

const fixture = (name: string) => resolve('test/fixtures/checkpoints', name);
const preprocessing = { mean: [0.5, 0.5, 0.5], std: [0.5, 0.5, 0.5], crop: { width: 8, height: 8 } } as const;

type Floats = Map<string, { shape: number[]; data: Float32Array }>;

/** A copy of a fixture in safetensors, with its tensors and configuration changed. */
async function changed(name: string, change: (tensors: Floats) => Floats, config?: unknown): Promise<string> {
  const weights = (await readdir(fixture(name))).find((file) => /\.(bin|safetensors)$/.test(file))!;
  const { tensors, close } = await openCheckpoint(join(fixture(name), weights));
  const floats: Floats = new Map();
  for (const [key, tensor] of tensors)
    if (!key.endsWith('position_ids')) floats.set(key, { shape: [...tensor.shape], data: await tensor.read() });
  await close();
  const directory = await makeDirectory();
  const json = config ?? JSON.parse(await readFile(join(fixture(name), 'config.json'), 'utf8'));
  await writeFile(join(directory, 'config.json'), JSON.stringify(json));
  await writeFile(join(directory, 'model.safetensors'), floatSafetensors(change(floats)));
  return directory;
}

async function convert(options: Pick<ConversionOptions, 'source' | 'encoder'> & Partial<ConversionOptions>) {
  const target = await makeDirectory();
  const conversion = convertCheckpoint({ precision: 'fp32', target, preprocessing: { ...preprocessing, mean: [...preprocessing.mean], std: [...preprocessing.std] }, ...options });
  return { target, conversion };
}

const refusal = (reason: RegExp) => ({ code: 'MODEL_NOT_AVAILABLE', message: expect.stringMatching(reason) });

describe('convertCheckpoint', () => {
  it('names its files as published exports do, and leaves nothing beside them', async () => {
    const progress: { done: number; total: number }[] = [];
    const { target, conversion } = await convert({
      source: fixture('laion-xlm-roberta-vit-b-32'),
      encoder: 'text',
      precision: 'fp16',
      onProgress: (now) => progress.push(now),
    });
    const { files } = await conversion;
    expect(files).toEqual([join(target, 'text_model_fp16.onnx'), join(target, 'text_model_fp16.onnx_data')]);
    expect(await readdir(target)).toEqual(['text_model_fp16.onnx', 'text_model_fp16.onnx_data']);
    expect(progress.at(-1)!.done).toBe(progress.at(-1)!.total);
    expect(progress.length).toBeGreaterThan(5);
    expect(progress.map(({ done }) => done)).toEqual(progress.map(({ done }) => done).toSorted((a, b) => a - b));
  });

  it('says how far int8 is from fp32', async () => {
    const { conversion } = await convert({ source: fixture('taiyi-102m'), encoder: 'text', precision: 'int8' });
    const { int8Cosine } = await conversion;
    expect(int8Cosine).toBeGreaterThan(0.995);
    expect(int8Cosine).toBeLessThan(1);
  });

  it('keeps queries and keys in float32 where int8 alone drifts', async () => {
    // Scores so large that one token takes all: which one, rounding decides.
    const source = await changed('taiyi-102m', (tensors) => {
      for (const [name, { data }] of tensors)
        if (/self\.(query|key)\.weight$/.test(name)) data.set(data.map((value) => value * 15));
      return tensors;
    });
    const { conversion } = await convert({ source, encoder: 'text', precision: 'int8' });
    const { int8Cosine, files } = await conversion;
    const graph = await readFile(files[0]!, 'latin1');
    expect(int8Cosine).toBeGreaterThan(0.995);
    expect(graph).not.toContain('query.scale');
    expect(graph).toContain('value.scale');
  });

  it('refuses an int8 graph that is too far from fp32, with the figure, and keeps nothing of it', async () => {
    // One unit between the two layers of an mlp takes the whole range of its row, and nothing reads it.
    const source = await changed('taiyi-102m', (tensors) => {
      for (const layer of [0, 1]) {
        const name = `bert.encoder.layer.${layer}`;
        tensors.get(`${name}.intermediate.dense.bias`)!.data[0] = 10_000;
        const narrow = tensors.get(`${name}.output.dense.weight`)!;
        for (let row = 0; row < narrow.shape[0]!; row++) narrow.data[row * narrow.shape[1]!] = 0;
      }
      return tensors;
    });
    const { target, conversion } = await convert({ source, encoder: 'text', precision: 'int8' });
    await expect(conversion).rejects.toMatchObject({
      ...refusal(/loses too much in int8: the cosine to fp32 falls to 0\.\d{4}, and 0.995 is needed/),
      details: { int8Cosine: expect.any(Number) },
    });
    expect(await readdir(target)).toEqual([]);
    const { conversion: precise } = await convert({ source, encoder: 'text', precision: 'fp32' });
    expect((await precise).architecture).toBe('bert-text');
  });

  it("gives a tower one hash under Hugging Face's names and under open_clip's", async () => {
    const original = await convert({ source: fixture('openai-clip-vit-b-32'), encoder: 'image' });
    const source = await changed('openai-clip-vit-b-32', toOpenClip, {
      model_cfg: { quick_gelu: true, vision_cfg: { width: 16, layers: 2, head_width: 8 }, text_cfg: {} },
    });
    const renamed = await convert({ source, encoder: 'image' });
    expect((await renamed.conversion).towerSha256).toBe((await original.conversion).towerSha256);
  });
});

/** The image tower alone, as open_clip names, packs and turns it. */
function toOpenClip(tensors: Floats): Floats {
  const names: [RegExp, string][] = [
    [/^vision_model\.embeddings\.patch_embedding/, 'visual.conv1'],
    [/^vision_model\.embeddings\.class_embedding/, 'visual.class_embedding'],
    [/^vision_model\.embeddings\.position_embedding\.weight/, 'visual.positional_embedding'],
    [/^vision_model\.pre_layrnorm/, 'visual.ln_pre'],
    [/^vision_model\.post_layernorm/, 'visual.ln_post'],
    [/^vision_model\.encoder\.layers/, 'visual.transformer.resblocks'],
    [/self_attn\.out_proj/, 'attn.out_proj'],
    [/layer_norm/, 'ln_'],
    [/mlp\.fc1/, 'mlp.c_fc'],
    [/mlp\.fc2/, 'mlp.c_proj'],
  ];
  const renamed: Floats = new Map();
  for (const [name, tensor] of tensors) {
    if (!name.startsWith('vision_model.') || /\.[qkv]_proj\./.test(name)) continue;
    renamed.set(names.reduce((text, [from, to]) => text.replace(from, to), name), tensor);
  }
  for (const layer of [0, 1]) {
    for (const kind of ['weight', 'bias']) {
      const parts = ['q', 'k', 'v'].map((part) => tensors.get(`vision_model.encoder.layers.${layer}.self_attn.${part}_proj.${kind}`)!);
      const [rows, ...rest] = parts[0]!.shape as [number, ...number[]];
      const data = Float32Array.from(parts.flatMap((part) => [...part.data]));
      renamed.set(`visual.transformer.resblocks.${layer}.attn.in_proj_${kind}`, { shape: [3 * rows, ...rest], data });
    }
  }
  const { shape, data } = tensors.get('visual_projection.weight')!;
  const [rows, columns] = shape as [number, number];
  const turned = Float32Array.from(data, (_, i) => data[(i % rows) * columns + Math.floor(i / rows)]!);
  return renamed.set('visual.proj', { shape: [columns, rows], data: turned });
}

describe('convertCheckpoint refuses', () => {
  it('a config of another family than the weights', async () => {
    const source = await changed('taiyi-102m', (tensors) => tensors, { model_type: 'resnet' });
    await expect((await convert({ source, encoder: 'text' })).conversion).rejects.toMatchObject(
      refusal(/config.json.*model_type is resnet, where bert was expected/),
    );
  });

  it('a config of another model of the family', async () => {
    const source = await changed('taiyi-102m', (tensors) => tensors, { model_type: 'bert', num_hidden_layers: 12, num_attention_heads: 2 });
    await expect((await convert({ source, encoder: 'text' })).conversion).rejects.toMatchObject(
      refusal(/model.safetensors.*number of layers is 2, and the config says 12/),
    );
  });

  it('heads that do not fit the width', async () => {
    const source = await changed('taiyi-102m', (tensors) => tensors, { model_type: 'bert', num_attention_heads: 5 });
    await expect((await convert({ source, encoder: 'text' })).conversion).rejects.toMatchObject(
      refusal(/width 16 with 5 heads/),
    );
  });

  it('weights without the encoder that is asked for', async () => {
    await expect((await convert({ source: fixture('taiyi-102m'), encoder: 'image' })).conversion).rejects.toMatchObject(
      refusal(/pytorch_model.bin.*holds no image encoder/),
    );
  });

  it('weights that lack a tensor, or have it in another shape, by its name', async () => {
    const lacking = await changed('taiyi-102m', (tensors) => {
      tensors.delete('bert.encoder.layer.1.output.dense.bias');
      return tensors;
    });
    await expect((await convert({ source: lacking, encoder: 'text' })).conversion).rejects.toMatchObject(
      refusal(/no tensor bert.encoder.layer.1.output.dense.bias/),
    );
    const misshapen = await changed('taiyi-102m', (tensors) => tensors.set('classifier.bias', { shape: [11], data: new Float32Array(11) }));
    await expect((await convert({ source: misshapen, encoder: 'text' })).conversion).rejects.toMatchObject(
      refusal(/classifier.bias is \[11\], where \[12\] was expected/),
    );
  });

  it('numbers that fp16 cannot hold', async () => {
    const source = await changed('taiyi-102m', (tensors) => {
      tensors.get('bert.encoder.layer.0.output.dense.weight')!.data[0] = 70_000;
      return tensors;
    });
    await expect((await convert({ source, encoder: 'text', precision: 'fp16' })).conversion).rejects.toMatchObject(
      refusal(/bert.encoder.layer.0.output.dense.weight.*70000.*fp16/),
    );
  });

  it('pixels of another size than the weights have positions for', async () => {
    const crop = { width: 16, height: 16 };
    const mean: [number, number, number] = [0, 0, 0];
    const conversion = convert({ source: fixture('openai-clip-vit-b-32'), encoder: 'image', preprocessing: { mean, std: [1, 1, 1], crop } });
    await expect((await conversion).conversion).rejects.toMatchObject(
      refusal(/positions for 5 tokens, and pixels of 16 x 16 make 17/),
    );
  });

  it('a directory without a checkpoint, saying what one has', async () => {
    await expect((await convert({ source: await makeDirectory(), encoder: 'text' })).conversion).rejects.toMatchObject(
      refusal(/no checkpoint in .* needs config.json or open_clip_config.json, and model.safetensors or .*open_clip_pytorch_model.bin/),
    );
  });
});
