import { pino } from 'pino';
import sharp from 'sharp';
import { loadModel, startInference } from '../src/inference/index.ts';

const REQUESTS = 200;
const TENANTS = 4;
/** The mean batch under load, as a share of the largest, that is expected where encoding is the bottleneck. */
const BAR = 0.7;

/**
 * How full are the batches under load? 200 requests of four tenants at once on one model, one encoder.
 * Prints what it saw. `bench/make-random-clip.py` writes a ViT-B/32 of random weights to measure with.
 */
export async function benchBatching(modelDirectory: string): Promise<void> {
  const startedAt = performance.now();
  const inference = await startInference({
    models: [await loadModel(modelDirectory)],
    modelMemoryBytes: Infinity,
    executionProviders: ['cpu'],
    maxImageBytes: 10_000_000,
    maxImagePixels: 50_000_000,
    maxQueuedImages: REQUESTS,
    maxQueuedBytes: 1_000_000_000,
    logger: pino({ level: 'warn' }),
  });
  const [model] = inference.models;
  const { id: modelId, provider, maxBatchSize } = model!;
  console.log(
    `${modelId} on ${provider}: ready in ${seconds(startedAt)} s, batches of up to ${maxBatchSize}`,
  );

  const bytes = await makePicture();
  const loadedAt = performance.now();
  const latenciesMs = await Promise.all(
    Array.from({ length: REQUESTS }, async (_, index) => {
      const sentAt = performance.now();
      await inference.embedImage({ tenantId: `tenant ${index % TENANTS}`, modelId, bytes });
      return performance.now() - sentAt;
    }),
  );
  const elapsedS = Number(seconds(loadedAt));
  const { meanImageBatch, imageEncoderCalls } = inference.stats();
  await inference.stop();

  latenciesMs.sort((a, b) => a - b);
  const fullness = meanImageBatch / maxBatchSize!;
  console.log(
    `${REQUESTS} images in ${elapsedS} s (${(REQUESTS / elapsedS).toFixed(1)} a second), ${imageEncoderCalls} batches`,
  );
  console.log(
    `latency ms: median ${latenciesMs[REQUESTS / 2]!.toFixed(0)}, longest ${latenciesMs.at(-1)!.toFixed(0)}`,
  );
  console.log(
    `mean batch ${meanImageBatch.toFixed(2)} = ${fullness.toFixed(2)} of the largest (bar: ${BAR})`,
  );
}

/** Noise, 640 x 480: nothing that a decoder could skip. */
async function makePicture(): Promise<Uint8Array> {
  const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
  const create = { width: 640, height: 480, channels: 3, background: 'grey', noise } as const;
  return sharp({ create }).jpeg().toBuffer();
}

function seconds(since: number): string {
  return ((performance.now() - since) / 1_000).toFixed(2);
}
