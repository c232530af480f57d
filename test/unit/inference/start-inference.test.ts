import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { getPriority } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { INT32 } from './support/onnx-writer.ts';
import { childProcesses, isAlive, startForThisTest, startTestInference } from './support/inference.ts';
import { TINY, writeTinyModel } from './support/tiny-model.ts';
import type { Inference } from '../../../src/inference/index.ts';
import type { TinyModelOptions } from './support/tiny-model.ts';

const fixture = (file: string) => readFile(new URL(`../../fixtures/images/${file}`, import.meta.url));
const tiny = { tenantId: 'a', modelId: 'tiny' };
const isLinux = process.platform === 'linux';

let inference: Inference;

beforeAll(async () => {
  inference = await startTestInference(await writeTinyModel());
});
afterAll(() => inference?.stop());

const embedText = async (text: string, from = inference) =>
  (await from.embedTexts({ ...tiny, texts: [text] })).embeddings[0]!;

function largestDifference(a: Float32Array, b: Float32Array): number {
  return Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));
}

describe('embedImage', () => {
  it('gives a unit vector, what the image is, and where the time went', async () => {
    const bytes = await fixture('orientation-6.jpg');
    const { embedding, image, timing } = await inference.embedImage({ ...tiny, bytes });
    expect(embedding).toHaveLength(TINY.dimension);
    expect(Math.hypot(...embedding)).toBeCloseTo(1, 6);
    expect(image).toEqual({ width: 47, height: 61, format: 'JPEG', sizeBytes: bytes.length });
    expect(timing).toEqual({
      decodeMs: expect.toSatisfy((ms: number) => ms > 0),
      queueMs: expect.toSatisfy((ms: number) => ms >= 0),
      encodeMs: expect.toSatisfy((ms: number) => ms > 0),
      batchSize: 1,
    });
  });

  it('counts the wait for a decoder as decoding, and none of it as the wait for an encoder', async () => {
    const bytes = await fixture('rgb.jpg');
    const startedAt = performance.now();
    const all = await Promise.all(Array.from({ length: 30 }, () => inference.embedImage({ ...tiny, bytes })));
    const elapsedMs = performance.now() - startedAt;
    // One decoder takes them in turn: each has waited for all before it.
    const decodeMs = all.map(({ timing }) => timing.decodeMs);
    expect(decodeMs).toEqual(decodeMs.toSorted((a, b) => a - b));
    for (const { timing } of all) {
      expect(timing.decodeMs + timing.queueMs + timing.encodeMs).toBeLessThanOrEqual(elapsedMs);
    }
  });

  it('gives the same vector whatever else is in its batch', async () => {
    const files = ['rgb.jpg', 'grey.png', 'cmyk.jpg', 'palette.png', 'lossy.webp', 'one-bit.png', 'rgba.png'];
    const images = await Promise.all(files.map(fixture));
    const alone: Float32Array[] = [];
    for (const bytes of images) alone.push((await inference.embedImage({ ...tiny, bytes })).embedding);
    const together = await Promise.all(images.map((bytes) => inference.embedImage({ ...tiny, bytes })));
    for (const [i, { embedding }] of together.entries()) {
      expect(largestDifference(embedding, alone[i]!)).toBeLessThan(1e-6);
    }
  });

  it.each([
    ['truncated.jpg', 'IMAGE_CORRUPT'],
    ['refused.bmp', 'IMAGE_UNSUPPORTED'],
  ])('carries the verdict on %s over from the decoder: %s', async (file, code) => {
    await expect(inference.embedImage({ ...tiny, bytes: await fixture(file) })).rejects.toMatchObject({
      code,
    });
  });

  it('refuses too many bytes before any decoder sees them', async () => {
    const bytes = new Uint8Array(10_000_001);
    await expect(inference.embedImage({ ...tiny, bytes })).rejects.toMatchObject({ code: 'IMAGE_TOO_LARGE' });
  });

  it('refuses a model that is not here', async () => {
    const request = { ...tiny, modelId: 'other', bytes: await fixture('rgb.jpg') };
    await expect(inference.embedImage(request)).rejects.toMatchObject({ code: 'MODEL_NOT_AVAILABLE' });
  });

  it('stops waiting when its signal says so', async () => {
    const reason = new Error('the client went away');
    const request = { ...tiny, bytes: await fixture('rgb.jpg'), signal: AbortSignal.abort(reason) };
    await expect(inference.embedImage(request)).rejects.toBe(reason);
  });

  it('lets a tenant with one image overtake one with a hundred', async () => {
    const bytes = await fixture('rgb.jpg');
    const order: string[] = [];
    const embed = async (tenantId: string) => {
      await inference.embedImage({ ...tiny, tenantId, bytes });
      order.push(tenantId);
    };
    const many = Array.from({ length: 100 }, () => embed('many'));
    await Promise.all([...many, embed('single')]);
    expect(order.indexOf('single')).toBeLessThan(10);
  });

  it('lets an image that the encoder cannot take fail alone', async () => {
    // A picture of zeros has no direction in this model, and fails whatever batch it is in.
    const [good, black] = await Promise.all([fixture('rgb.jpg'), fixture('black.png')]);
    const outcomes = await Promise.allSettled(
      Array.from({ length: 30 }, (_, i) => inference.embedImage({ ...tiny, bytes: i === 13 ? black : good })),
    );
    const failed = outcomes.flatMap((outcome, i) =>
      outcome.status === 'rejected' ? [[i, outcome.reason.code]] : [],
    );
    expect(failed).toEqual([[13, 'INTERNAL']]);
  });
});

describe('embedTexts', () => {
  it('gives each text its vector and its tokens, in the order of the request', async () => {
    const texts = Array.from(
      { length: 300 },
      (_, i) => `${'a photo of '.repeat(i % 4)}${i % 2 ? 'cat' : 'two dog'}`,
    );
    const { embeddings, tokenCounts } = await inference.embedTexts({ ...tiny, texts });
    expect(embeddings).toHaveLength(300);
    for (const i of [0, 1, 2, 3, 150, 299]) {
      expect(largestDifference(embeddings[i]!, await embedText(texts[i]!))).toBeLessThan(1e-5);
      expect(tokenCounts[i]).toBe(texts[i]!.split(' ').length + 2);
    }
  });

  it('gives the same vector whatever else is in its batch', async () => {
    const alone = await embedText('cat');
    const others = ['a photo of the small red lion', 'two dog', 'a photo of a photo of a photo of the cat'];
    const { embeddings } = await inference.embedTexts({ ...tiny, texts: [...others, 'cat'] });
    expect(largestDifference(embeddings[3]!, alone)).toBeLessThan(1e-5);
  });

  it('does so without a mask too, when the model is one that always sees its whole context', async () => {
    const settings = { textPadding: 'context' };
    const unmasked = await startForThisTest(await writeTinyModel({ textInputs: [], settings }));
    const alone = await embedText('cat', unmasked);
    const { embeddings } = await unmasked.embedTexts({
      ...tiny,
      texts: ['a photo of the small red lion', 'cat'],
    });
    expect(largestDifference(embeddings[1]!, alone)).toBeLessThan(1e-5);
  });

  it('cuts a long text at the context length, keeps its last token and tells its length', async () => {
    const { embeddings, tokenCounts } = await inference.embedTexts({
      ...tiny,
      texts: ['cat '.repeat(100), 'cat '.repeat(TINY.contextLength - 2)],
    });
    expect(tokenCounts).toEqual([102, TINY.contextLength]);
    expect(largestDifference(embeddings[0]!, embeddings[1]!)).toBeLessThan(1e-6);
  });

  it('takes no text at all, an empty one and odd ones', async () => {
    expect(await inference.embedTexts({ ...tiny, texts: [] })).toEqual({ embeddings: [], tokenCounts: [] });
    const { embeddings } = await inference.embedTexts({
      ...tiny,
      texts: ['', '\ud800', '猫'.repeat(500), '\0'],
    });
    for (const embedding of embeddings) expect(Math.hypot(...embedding)).toBeCloseTo(1, 6);
  });

  it('refuses a text that could keep a tokenizer busy', async () => {
    const texts = ['cat', 'a'.repeat(20_001)];
    await expect(inference.embedTexts({ ...tiny, texts })).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });

  it('stops when its signal says so', async () => {
    const reason = new Error('enough');
    const request = { ...tiny, texts: ['cat'], signal: AbortSignal.abort(reason) };
    await expect(inference.embedTexts(request)).rejects.toBe(reason);
  });
});

describe('a model whose text encoder is told nothing of its padding', () => {
  const texts = ['cat', 'a photo of the small red lion', 'dog', 'two cat'];

  it('pads every text of a request to its longest, whatever batches they are in, or to the length that it is given', async () => {
    const settings = { textMask: 'none' };
    const unmasked = await startForThisTest(await writeTinyModel({ settings }));
    const embed = async (of: string[], paddedLength?: number) =>
      (await unmasked.embedTexts({ ...tiny, texts: of, paddedLength })).embeddings;
    const together = await embed(texts);
    const [alone] = await embed(['cat']);
    expect(largestDifference(together[0]!, alone!)).toBeGreaterThan(0.01);
    const [padded] = await embed(['cat'], 9); // the longest of the texts has nine tokens
    expect(largestDifference(together[0]!, padded!)).toBeLessThan(1e-5);
    const many = await embed([
      ...Array.from({ length: 200 }, (_, i) => `cat ${'dog '.repeat(i % 3)}`),
      ...texts,
    ]);
    expect(largestDifference(many[200]!, together[0]!)).toBeLessThan(1e-5);
    const beyond = await embed(['cat'], 1_000);
    expect(largestDifference(beyond[0]!, (await embed(['cat'], TINY.contextLength))[0]!)).toBe(0);
  });

  it('counts tokens without encoding anything', async () => {
    const before = inference.stats().textEncoderCalls;
    expect(await inference.countTokens({ ...tiny, texts: ['', ...texts] })).toEqual([2, 3, 9, 3, 4]);
    expect(await inference.countTokens({ ...tiny, texts: [] })).toEqual([]);
    expect(inference.stats().textEncoderCalls).toBe(before);
  });
});

describe('graphs are bound by role, not by name', () => {
  it.each<[string, TinyModelOptions]>([
    ['outputs of SigLIP', { imageOutput: 'pooler_output', textOutput: 'pooler_output' }],
    ['outputs of Chinese-CLIP', { imageOutput: 'unnorm_image_features', textOutput: 'unnorm_text_features' }],
    ['a single output of any name', { imageOutput: 'y', textOutput: 'z' }],
    ['all inputs of BERT', { textInputs: ['attention_mask', 'token_type_ids', 'position_ids'] }],
    ['ids of 32 bits', { idType: INT32 }],
    ['a text graph of one fixed size', { fixedText: true }],
  ])('%s', async (_, options) => {
    const variant = await startForThisTest(await writeTinyModel(options));
    await variant.check();
    const { embeddings } = await variant.embedTexts({ ...tiny, texts: ['cat', 'a photo of the dog'] });
    expect(embeddings.map((embedding) => embedding.length)).toEqual([TINY.dimension, TINY.dimension]);
  });
});

describe('startInference', () => {
  it('uses the first provider that works, and logs how the others can be made to', async () => {
    const lines: Record<string, unknown>[] = [];
    const logger = pino({ level: 'warn' }, { write: (line) => lines.push(JSON.parse(line)) });
    const executionProviders = ['cuda', 'abacus', 'cpu'];
    const fallback = await startForThisTest(await writeTinyModel(), { executionProviders, logger });
    expect(fallback.models[0]).toMatchObject({ id: 'tiny', provider: 'cpu', state: 'READY' });
    const cuda = lines.find(({ provider }) => provider === 'cuda');
    expect(cuda).toMatchObject({ instead: 'cpu', remedy: expect.stringContaining('install') });
    expect(lines.find(({ provider }) => provider === 'abacus')).toMatchObject({ instead: 'cpu' });
  });

  it.each<[string, (directory: string) => void, RegExp]>([
    [
      'a truncated graph',
      (directory) => truncateSync(join(directory, 'onnx/vision_model.onnx'), 1_000),
      /cpu: /,
    ],
    [
      'a broken tokenizer',
      (directory) => writeFileSync(join(directory, 'tokenizer.json'), '{}'),
      /tokenizer/i,
    ],
  ])('rejects %s with its reason, and leaves no child', async (_, damage, message) => {
    const directory = await writeTinyModel();
    damage(directory);
    const before = childProcesses();
    const started = startTestInference(directory);
    await expect(started).rejects.toMatchObject({
      code: 'MODEL_NOT_AVAILABLE',
      message: expect.stringMatching(message),
    });
    await expect(started).rejects.toMatchObject({ message: expect.stringContaining(directory) });
    expect(childProcesses()).toEqual(before);
  });

  it('rejects a model whose vectors are not as long as it says', async () => {
    const directory = await writeTinyModel({ settings: { dimension: 17 } });
    await expect(startTestInference(directory)).rejects.toMatchObject({
      code: 'MODEL_NOT_AVAILABLE',
      message: expect.stringContaining('17'),
    });
  });

  it('counts what it does', async () => {
    const counted = await startForThisTest(await writeTinyModel());
    await counted.check();
    await counted.embedTexts({ ...tiny, texts: ['cat', 'dog'] });
    expect(counted.stats()).toEqual({
      imageEncoderCalls: 1,
      imagesEncoded: 1,
      textEncoderCalls: 1,
      textsEncoded: 2,
      batches: 2,
      meanImageBatch: 1,
      queued: 0,
      admitted: 0,
      loads: 2,
      modelMemoryBytes: expect.toSatisfy((bytes: number) => bytes > 20e6 && bytes < 2e9),
      restarts: { decoder: 0, encoder: 0 },
    });
  });

  it('ends its children at once and rejects what waits, however often it is stopped', async () => {
    const stopping = await startTestInference(await writeTinyModel());
    const children = Object.values(stopping.processIds()).flat();
    const bytes = await fixture('rgb.jpg');
    const waiting = Array.from({ length: 20 }, () => stopping.embedImage({ ...tiny, bytes }));
    const outcomes = Promise.allSettled(waiting);
    await Promise.all([stopping.stop(), stopping.stop()]);
    for (const outcome of await outcomes) {
      expect(outcome).toMatchObject({
        status: 'rejected',
        reason: { code: 'OVERLOADED', retryAfterMs: 1_000 },
      });
    }
    expect(children).toHaveLength(3);
    expect(children.filter(isAlive)).toEqual([]);
    await expect(stopping.check()).rejects.toMatchObject({ code: 'OVERLOADED' });
  });
});

describe('the processes', () => {
  it.runIf(isLinux)('keep native code out of this one', async () => {
    await inference.check();
    const libraries = /onnxruntime|libvips|sharp-/;
    const { decoders, imageEncoders, textEncoders } = inference.processIds();
    const mapsOf = (pid: number | string) => readFileSync(`/proc/${pid}/maps`, 'utf8');
    expect(mapsOf('self')).not.toMatch(libraries);
    expect(mapsOf(decoders[0]!)).toMatch(/sharp-/);
    expect(mapsOf(imageEncoders[0]!)).toMatch(/onnxruntime/);
    expect(mapsOf(textEncoders[0]!)).toMatch(/onnxruntime/);
  });

  it.runIf(isLinux)('get none of the secrets in the environment', async () => {
    process.env['TAXOLENS_ENCRYPTION_KEY'] = 'secret';
    const guarded = await startForThisTest(await writeTinyModel());
    delete process.env['TAXOLENS_ENCRYPTION_KEY'];
    for (const pid of Object.values(guarded.processIds()).flat()) {
      expect(readFileSync(`/proc/${pid}/environ`, 'utf8')).not.toContain('TAXOLENS');
    }
  });

  it.runIf(isLinux)('give way to this one when the cores are busy', () => {
    for (const pid of Object.values(inference.processIds()).flat())
      expect(getPriority(pid)).toBeGreaterThan(getPriority());
  });
});
