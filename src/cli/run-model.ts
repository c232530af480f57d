import type { Config } from '../config.ts';
import { startInference, type Inference, type Model } from '../inference/index.ts';
import { measureMemory } from '../inference/measure-memory.ts';
import { createLogger } from '../logger.ts';

export interface TrialInput {
  /** Files as they are. */
  images: Uint8Array[];
  texts: string[];
}

export interface Trial {
  /** A unit vector for each. */
  images: Float32Array[];
  texts: Float32Array[];
  msPerImage: number;
  msPerText: number;
  loadMs: number;
  provider: string;
  /** Of the encoder processes; undefined where the system does not tell. */
  imageBytes: number | undefined;
  textBytes: number | undefined;
}

/** Of the fastest: the first run warms up, and a busy machine only ever adds time. */
const ROUNDS = 3;

/** Runs a model alone, with one process an encoder, and measures it. */
export async function runModel(model: Model, { images, texts }: TrialInput, config: Config): Promise<Trial> {
  const startedAt = performance.now();
  const inference = await startInference({
    ...config,
    models: [model],
    encoders: 1,
    modelMemoryBytes: Infinity,
    executionProviders: [...config.executionProviders],
    logger: createLogger({ logLevel: 'silent' }),
  });
  try {
    const about = { tenantId: '', modelId: model.id };
    const loadMs = performance.now() - startedAt;
    const imageRun = await fastest(() =>
      Promise.all(images.map(async (bytes) => (await inference.embedImage({ ...about, bytes })).embedding)),
    );
    const textRun = await fastest(async () => (await inference.embedTexts({ ...about, texts })).embeddings);
    return {
      images: imageRun.value,
      texts: textRun.value,
      msPerImage: imageRun.ms / Math.max(1, images.length),
      msPerText: textRun.ms / Math.max(1, texts.length),
      loadMs,
      ...(await describe(inference)),
    };
  } finally {
    await inference.stop();
  }
}

async function describe(inference: Inference) {
  const { imageEncoders, textEncoders } = inference.processIds();
  return {
    provider: inference.models[0]!.provider ?? 'no execution provider',
    imageBytes: await measureMemory(imageEncoders),
    textBytes: await measureMemory(textEncoders),
  };
}

async function fastest<T>(run: () => Promise<T>): Promise<{ value: T; ms: number }> {
  let best: { value: T; ms: number } | undefined;
  for (let round = 0; round < ROUNDS; round++) {
    const startedAt = performance.now();
    const value = await run();
    const ms = performance.now() - startedAt;
    if (!best || ms < best.ms) best = { value, ms };
  }
  return best!;
}
