import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { loadModel } from '../../../src/inference/index.ts';
import { until } from '../../support/poll.ts';
import { isAlive, startForThisTest, startTestInference } from './support/inference.ts';
import { TINY, writeTinyModel } from './support/tiny-model.ts';
import type { Inference } from '../../../src/inference/index.ts';
import type { TinyModelOptions } from './support/tiny-model.ts';

const bytes = await readFile(new URL('../../fixtures/images/rgb.jpg', import.meta.url));
const isLinux = process.platform === 'linux';

/** `a` and `b` have the same image encoder, `a` and `c` the same text encoder, and `d` neither. */
const directories: string[] = [];
beforeAll(async () => {
  directories.push(
    await writeTinyModel({ settings: { id: 'a' } }),
    await writeTinyModel({ settings: { id: 'b', logitScale: 30 }, textSeed: 40 }),
    await writeTinyModel({ settings: { id: 'c' }, imageSeed: 50 }),
    await writeTinyModel({ settings: { id: 'd' }, imageSeed: 60, textSeed: 60 }),
  );
});

const embedImage = async (inference: Inference, modelId: string) =>
  (await inference.embedImage({ tenantId: 'x', modelId, bytes })).embedding;
const embedText = async (inference: Inference, modelId: string, text = 'a photo of the cat') =>
  (await inference.embedTexts({ tenantId: 'x', modelId, texts: [text] })).embeddings[0]!;
const stateOf = (inference: Inference, modelId: string) =>
  inference.models.find(({ id }) => id === modelId)!.state;

describe('many models', () => {
  let inference: Inference;
  beforeAll(async () => {
    inference = await startTestInference(directories, { decoders: 2 });
  });
  afterAll(() => inference?.stop());

  it('are listed with the default first, which alone is loaded at the start', () => {
    expect(inference.models.map(({ id, state }) => [id, state])).toEqual([
      ['a', 'READY'],
      ['b', 'READY'], // by the image encoder that it shares with a
      ['c', 'UNLOADED'],
      ['d', 'UNLOADED'],
    ]);
    expect(inference.stats().loads).toBe(2);
  });

  it('give what each would give alone', async () => {
    const alone = await startForThisTest(directories[3]!);
    expect(await embedImage(inference, 'd')).toEqual(await embedImage(alone, 'd'));
    expect(await embedText(inference, 'd')).toEqual(await embedText(alone, 'd'));
    const images = [await embedImage(inference, 'a'), await embedImage(inference, 'b')];
    expect(images[1]).toEqual(images[0]);
    expect(await embedImage(inference, 'c')).not.toEqual(images[0]);
    expect(await embedText(inference, 'c')).toEqual(await embedText(inference, 'a'));
    expect(await embedText(inference, 'b')).not.toEqual(await embedText(inference, 'a'));
    expect(inference.models.map(({ state }) => state)).toEqual(['READY', 'READY', 'READY', 'READY']);
  });

  /** What is asked for while the image encoders stand still, all decoded and waiting, before they go on. */
  async function askWhileStopped(asked: string[]) {
    const { imageEncoders } = inference.processIds();
    for (const pid of imageEncoders) process.kill(pid, 'SIGSTOP');
    const order: string[] = [];
    const all = Promise.all(asked.map((id) => embedImage(inference, id).then(() => order.push(id))));
    // All are decoded, and one batch is in an encoder: so many slots are there for all models together.
    await until('all others wait', () => inference.stats().queued === asked.length - 1);
    for (const pid of imageEncoders) process.kill(pid, 'SIGCONT');
    await all;
    return order;
  }

  it('share the encoders that they have in common: its processes, its queue and its batches', async () => {
    const { imageEncoders, textEncoders } = inference.processIds();
    expect([imageEncoders.length, textEncoders.length]).toEqual([3, 3]); // of a and b, c, d; of a and c, b, d
    const before = inference.stats();
    await askWhileStopped(Array.from({ length: 21 }, (_, i) => (i % 2 === 0 ? 'a' : 'b')));
    const after = inference.stats();
    expect(after.imagesEncoded - before.imagesEncoded).toBe(21);
    expect(after.imageEncoderCalls - before.imageEncoderCalls).toBeLessThan(21);
    expect(after.loads).toBe(6);
  });

  it('take turns: a model with few images overtakes one with many', async () => {
    const order = await askWhileStopped([...Array.from({ length: 60 }, () => 'a'), 'd']);
    expect(order.indexOf('d')).toBe(1);
  });
});

describe('the revisions of a model', () => {
  it('follow its image encoder, its text encoder and its scores, each alone', async () => {
    const [a, b, c, d] = await Promise.all(directories.map(loadModel));
    expect(b!.imageRevision).toBe(a!.imageRevision);
    expect(c!.textRevision).toBe(a!.textRevision);
    expect(new Set([a, b, c, d].map((model) => model!.revision)).size).toBe(4);
    expect(d!.imageRevision).not.toBe(a!.imageRevision);
    expect(d!.textRevision).not.toBe(a!.textRevision);
    const scaled = await loadModel(await writeTinyModel({ settings: { id: 'a', logitScale: 21 } }));
    expect([scaled.imageRevision, scaled.textRevision]).toEqual([a!.imageRevision, a!.textRevision]);
    expect(scaled.revision).not.toBe(a!.revision);
  });

  it('take two graphs for one image encoder where their weights have one name', async () => {
    const settings = { imageTowerSha256: 'ab'.repeat(32) };
    const write = async (options: TinyModelOptions) =>
      loadModel(await writeTinyModel({ settings, ...options }));
    const one = await write({});
    const other = await write({ imageOutput: 'pooler_output' });
    const squashed = await write({ preprocessor: { size: 8 } });
    expect(other.imageRevision).toBe(one.imageRevision);
    expect(other.revision).not.toBe(one.revision);
    expect(squashed.imageRevision).not.toBe(one.imageRevision);
  });
});

describe.runIf(isLinux)('where the memory is too small for all', () => {
  /** The least that is allowed: half as much again as the default's two encoders take. There are six. */
  const modelMemoryBytes = 0;

  it('some are unloaded by ending their processes, and come back when they are wanted', async () => {
    const unloaded: object[] = [];
    const write = (line: string) =>
      void (line.includes('encoder unloaded') && unloaded.push(JSON.parse(line)));
    const logger = pino({ level: 'info' }, { write });
    const inference = await startForThisTest(directories, { modelMemoryBytes, logger });
    const seen = new Set(Object.values(inference.processIds()).flat());
    const [kept] = inference.processIds().imageEncoders;
    const budget = 1.5 * inference.stats().modelMemoryBytes;
    // Room is made when an encoder is loaded; what is there grows a little while it works. All six would take twice the budget.
    const most = 1.1 * budget;
    const first = [await embedImage(inference, 'a'), await embedText(inference, 'a')];
    for (const modelId of ['b', 'c', 'd']) {
      for (const embed of [embedImage, embedText]) {
        await embed(inference, modelId);
        for (const pid of Object.values(inference.processIds()).flat()) seen.add(pid);
        expect(inference.stats().modelMemoryBytes).toBeLessThanOrEqual(most);
      }
    }
    expect(unloaded.length).toBeGreaterThan(0);
    expect([...seen].filter((pid) => !isAlive(pid))).toHaveLength(unloaded.length);
    expect(inference.models.map(({ state }) => state)).toContain('UNLOADED');
    expect([await embedImage(inference, 'a'), await embedText(inference, 'a')]).toEqual(first);
    expect(inference.processIds().imageEncoders[0]).toBe(kept);
    expect(inference.stats().restarts).toEqual({ decoder: 0, encoder: 0 });
  });

  it('nobody waits for ever: models that are never idle are exchanged by turns', async () => {
    const inference = await startForThisTest(directories, { modelMemoryBytes });
    const ends = new AbortController();
    const keepBusy = async (id: string) => {
      while (!ends.signal.aborted) await Promise.all([embedImage(inference, id), embedText(inference, id)]);
    };
    const busy = ['c', 'd'].map(keepBusy);
    for (const id of ['b', 'a']) expect(await embedText(inference, id)).toHaveLength(TINY.dimension);
    ends.abort();
    await Promise.all(busy);
  });
});

describe('a model that cannot be loaded', () => {
  it('is named by the id that was asked for, whichever model it shares the encoder with', async () => {
    const sibling = await writeTinyModel({
      settings: { id: 'e', logitScale: 30 },
      imageSeed: 60,
      textSeed: 60,
    });
    const inference = await startForThisTest([directories[0]!, directories[3]!, sibling]);
    for (const graph of ['vision_model', 'text_model']) {
      const path = join(directories[3]!, `onnx/${graph}.onnx`);
      await rename(path, `${path}.away`);
      const embed = graph === 'vision_model' ? embedImage : embedText;
      try {
        for (const id of ['e', 'd']) {
          await expect(embed(inference, id)).rejects.toMatchObject({
            message: expect.stringContaining(`'${id}'`),
            details: { modelId: id },
          });
        }
      } finally {
        await rename(`${path}.away`, path);
      }
    }
  });

  it('is refused, with its reason for the operator alone; fails alone, and is tried again later', async () => {
    const lines: string[] = [];
    const logger = pino({}, { write: (line) => void lines.push(line) });
    const inference = await startForThisTest([directories[0]!, directories[3]!], { logger });
    const graph = join(directories[3]!, 'onnx/vision_model.onnx');
    await rename(graph, `${graph}.away`);
    try {
      await expect(embedImage(inference, 'd')).rejects.toMatchObject({
        code: 'MODEL_NOT_AVAILABLE',
        message: expect.not.stringContaining(directories[3]!),
      });
      const log = lines.join('');
      expect(log).toContain(graph);
      expect(log).toContain('taxolens model verify d');
      expect(log).not.toContain('started again');
      await expect(embedImage(inference, 'd')).rejects.toMatchObject({ code: 'MODEL_NOT_AVAILABLE' });
      expect(stateOf(inference, 'd')).toBe('FAILED');
      await embedImage(inference, 'a');
      await embedText(inference, 'd');
    } finally {
      await rename(`${graph}.away`, graph);
    }
    await expect(embedImage(inference, 'd')).rejects.toMatchObject({ code: 'MODEL_NOT_AVAILABLE' });
    const now = performance.now.bind(performance);
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => now() + 31_000);
    expect(await embedImage(inference, 'd')).toHaveLength(TINY.dimension);
    clock.mockRestore();
  });

  it('does not hold a request beyond its deadline, and is there for the next', async () => {
    const inference = await startForThisTest([directories[0]!, directories[3]!]);
    const request = { tenantId: 'x', modelId: 'd', bytes, deadlineAt: Date.now() + 40 };
    await expect(inference.embedImage(request)).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    await embedImage(inference, 'd');
  });

  it('leaves no process behind when the server stops while it loads', async () => {
    const inference = await startTestInference([directories[0]!, directories[3]!]);
    const late = embedImage(inference, 'd');
    late.catch(() => {});
    await until('it starts', () => stateOf(inference, 'd') === 'STARTING');
    const children = Object.values(inference.processIds()).flat();
    expect(children).toHaveLength(4);
    await inference.stop();
    await expect(late).rejects.toMatchObject({ code: 'OVERLOADED' });
    expect(children.filter(isAlive)).toEqual([]);
  });
});
