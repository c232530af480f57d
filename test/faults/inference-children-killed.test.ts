import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { startForThisTest } from '../unit/inference/support/inference.ts';
import { writeTinyModel } from '../unit/inference/support/tiny-model.ts';
import type { Inference } from '../../src/inference/index.ts';

const tiny = { tenantId: 'a', modelId: 'tiny' };
const bytes = await readFile(new URL('../fixtures/images/rgb.jpg', import.meta.url));

const kill = (pid: number | undefined, signal: NodeJS.Signals = 'SIGKILL') => process.kill(pid!, signal);

function embedMany(inference: Inference, count: number, tenants = 4) {
  const one = (_: unknown, i: number) =>
    inference.embedImage({ ...tiny, tenantId: `tenant ${i % tenants}`, bytes });
  return Promise.all(Array.from({ length: count }, one));
}

describe('kill -9 under load', () => {
  it.each([1, 2])(
    'of an encoder, of %d: every image resolves, and the encoder comes back',
    async (encoders) => {
      let batches = 0;
      const inference: Inference = await startForThisTest(await writeTinyModel(), {
        encoders,
        observer: {
          // In the middle of it: the dying encoder is given its next batch before anyone knows.
          onBatch: () => void (++batches === 5 && kill(inference.processIds().imageEncoders[0])),
        },
      });
      const embedded = await embedMany(inference, 200);
      expect(embedded).toHaveLength(200);
      await vi.waitFor(() => expect(inference.processIds().imageEncoders).toHaveLength(encoders), {
        timeout: 20_000,
      });
      await inference.check();
      expect(inference.stats().restarts).toEqual({ decoder: 0, encoder: 1 });
      expect(inference.models[0]!.state).toBe('READY');
    },
  );

  it('of a decoder: every image resolves, and the decoder comes back', async () => {
    let images = 0;
    const inference: Inference = await startForThisTest(await writeTinyModel(), {
      decoders: 2,
      observer: { onImage: () => void (++images === 20 && kill(inference.processIds().decoders[0])) },
    });
    expect(await embedMany(inference, 200)).toHaveLength(200);
    expect(inference.stats().restarts).toEqual({ decoder: 1, encoder: 0 });
  });

  it('of an encoder with texts: every text gets its vector', async () => {
    const inference = await startForThisTest(await writeTinyModel());
    kill(inference.processIds().textEncoders[0], 'SIGSTOP');
    const embedded = inference.embedTexts({
      ...tiny,
      texts: Array.from({ length: 200 }, () => 'a photo of a cat'),
    });
    kill(inference.processIds().textEncoders[0]);
    expect((await embedded).embeddings).toHaveLength(200);
    expect(inference.stats().restarts.encoder).toBe(1);
  });
});

describe('a child that hangs', () => {
  it('costs a decoder and its one image; the others are decoded', async () => {
    const inference = await startForThisTest(await writeTinyModel(), { decodeTimeoutMs: 1_000 });
    await inference.check();
    kill(inference.processIds().decoders[0], 'SIGSTOP');
    const images = Array.from({ length: 5 }, () => inference.embedImage({ ...tiny, bytes }));
    const outcomes = await Promise.allSettled(images);
    expect(outcomes[0]).toMatchObject({ status: 'rejected', reason: { code: 'DEADLINE_EXCEEDED' } });
    expect(outcomes.slice(1).map(({ status }) => status)).toEqual(
      Array.from({ length: 4 }, () => 'fulfilled'),
    );
  });

  it('does not hold a request beyond its deadline', async () => {
    const inference = await startForThisTest(await writeTinyModel());
    kill(inference.processIds().imageEncoders[0], 'SIGSTOP');
    const late = inference.embedImage({ ...tiny, bytes, deadlineAt: Date.now() + 300 });
    await expect(late).rejects.toMatchObject({ code: 'DEADLINE_EXCEEDED' });
    kill(inference.processIds().imageEncoders[0], 'SIGCONT');
    await inference.check();
  });
});

it('rejects all that waits when no encoder can be started, says so, and recovers when one can', async () => {
  const directory = await writeTinyModel();
  const inference = await startForThisTest(directory);
  const graph = join(directory, 'onnx/vision_model.onnx');
  await rename(graph, `${graph}.away`);
  kill(inference.processIds().imageEncoders[0]);
  await vi.waitFor(() => expect(inference.models[0]!.state).toBe('STARTING'));

  const waiting = await Promise.allSettled([inference.embedImage({ ...tiny, bytes }), inference.check()]);
  for (const outcome of waiting) {
    expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'MODEL_NOT_AVAILABLE' } });
  }
  expect(inference.models[0]!.state).toBe('FAILED');

  await rename(`${graph}.away`, graph);
  await vi.waitFor(() => expect(inference.models[0]!.state).toBe('READY'), { timeout: 20_000 });
  await inference.check();
});
