/**
 * How full are the batches under load? 200 concurrent requests of four tenants on one model directory.
 *
 *   node bench/batching.ts [directory] [requests]      (default: bench/models/vit-b-32, see make-random-clip.py)
 *
 * Ends with status 1 when the mean batch is below 0.7 of the largest that the server chose for this machine.
 */
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import sharp from 'sharp';
import { loadModel, startInference } from '../src/inference/index.ts';

const BAR = 0.7;
const [directory = fileURLToPath(new URL('./models/vit-b-32', import.meta.url)), requests = '200'] =
  process.argv.slice(2);
const count = Number(requests);

const startedAt = performance.now();
const inference = await startInference({
  model: await loadModel(directory),
  executionProviders: ['cpu'],
  maxImageBytes: 10_000_000,
  maxImagePixels: 50_000_000,
  maxQueuedImages: count,
  maxQueuedBytes: 1_000_000_000,
  logger: pino({ level: 'warn' }),
});
const [model] = inference.models;
console.log(
  `${model!.id} on ${model!.provider}: ready in ${seconds(startedAt)} s, batches of up to ${model!.maxBatchSize}`,
);

const noise = { type: 'gaussian', mean: 128, sigma: 40 } as const;
const picture = sharp({ create: { width: 640, height: 480, channels: 3, background: 'grey', noise } });
const bytes = await picture.jpeg().toBuffer();

const loadedAt = performance.now();
const latencies = await Promise.all(
  Array.from({ length: count }, async (_, i) => {
    const sentAt = performance.now();
    await inference.embedImage({ tenantId: `tenant ${i % 4}`, modelId: model!.id, bytes });
    return performance.now() - sentAt;
  }),
);
const elapsedS = Number(seconds(loadedAt));
const { meanImageBatch, imageEncoderCalls } = inference.stats();
const fullness = meanImageBatch / model!.maxBatchSize;
latencies.sort((a, b) => a - b);
console.log(
  `${count} images in ${elapsedS} s (${(count / elapsedS).toFixed(1)} a second), ${imageEncoderCalls} batches`,
);
console.log(
  `latency ms: median ${latencies[count >> 1]!.toFixed(0)}, longest ${latencies.at(-1)!.toFixed(0)}`,
);
console.log(`mean batch ${meanImageBatch.toFixed(2)} = ${fullness.toFixed(2)} of the largest (bar: ${BAR})`);
await inference.stop();
process.exitCode = fullness >= BAR ? 0 : 1;

function seconds(since: number): string {
  return ((performance.now() - since) / 1_000).toFixed(2);
}
