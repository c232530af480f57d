import { AppError } from '../errors.ts';
import { Admission } from './admission.ts';
import { createDecoders } from './decoders.ts';
import { embedImage } from './embed-image.ts';
import { countTokens, embedTexts } from './embed-texts.ts';
import { createEncoders } from './encoders.ts';
import { MovingAverage } from './moving-average.ts';
import type { Decoders } from './decoders.ts';
import type { EncoderPair, Encoders } from './encoders.ts';
import type { Inference, InferenceOptions, InferenceStats, ModelStatus } from './inference.ts';
import type { Model } from './models/model.ts';

/** A white pixel, as PNG. */
const TINY_PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP6DwABBQECz6AuzQAAAABJRU5ErkJggg==',
  'base64',
);
const CHECK_TIMEOUT_MS = 10_000;

/**
 * Starts the decoder children and the encoder children of the default model, and resolves when all are warm; other
 * models are loaded when they are asked for.
 * Rejects with MODEL_NOT_AVAILABLE when the default model cannot be run here; no child is left behind then.
 */
export async function startInference(options: InferenceOptions): Promise<Inference> {
  const { models, observer } = options;
  const decoders = createDecoders(options);
  const encoders = createEncoders(options);
  const msPerImage = new MovingAverage({ initial: 100 });
  const onOverload = () => observer?.onOverload?.();
  const admission = new Admission({ ...options, msPerImage: () => msPerImage.value, onOverload });

  const inference: Inference = {
    get models() {
      return models.map((model) => describeModel(model, encoders.pairOf(model)));
    },
    admit: (request) => admission.admit(request),
    overloaded: (tenantId) => admission.overloaded(tenantId),
    async embedImage(request) {
      const model = findModel(models, request.modelId);
      return embedImage({ model, decoders, encoders, msPerImage, options }, request);
    },
    async embedTexts(request) {
      return embedTexts({ model: findModel(models, request.modelId), encoders }, request);
    },
    async countTokens(request) {
      return countTokens({ model: findModel(models, request.modelId), encoders }, request);
    },
    async check(signal) {
      const deadlineAt = Date.now() + CHECK_TIMEOUT_MS;
      const modelId = models[0].id;
      await inference.embedImage({ tenantId: '', modelId, bytes: TINY_PICTURE, signal, deadlineAt });
    },
    stats: () => countAll(decoders, encoders, admission),
    processIds: () => ({
      decoders: decoders.pool.pids,
      imageEncoders: pidsOf(encoders, 'images'),
      textEncoders: pidsOf(encoders, 'texts'),
    }),
    async stop() {
      decoders.batcher.refuse(stopping);
      await Promise.all([decoders.pool.stop(), ...encoders.all.map((encoder) => encoder.stop(stopping))]);
    },
  };

  try {
    await Promise.all([decoders.pool.start(), encoders.start()]);
  } catch (cause) {
    await inference.stop();
    if (cause instanceof AppError) throw cause;
    const message = `Inference cannot be started: ${String(cause)}`;
    throw new AppError('MODEL_NOT_AVAILABLE', { message, cause });
  }
  return inference;
}

function findModel(models: readonly Model[], modelId: string): Model {
  const model = models.find(({ id }) => id === modelId);
  if (model) return model;
  const ids = models.map(({ id }) => id).join(', ');
  const message = `There is no model ${modelId} here; there is ${ids}. List them with the query \`models\`.`;
  throw new AppError('MODEL_NOT_AVAILABLE', { message, details: { modelId } });
}

/** A model fares as its image encoder does; but without texts it is of no use either. */
function describeModel(model: Model, { images, texts }: EncoderPair): ModelStatus {
  return {
    ...model,
    provider: images.report?.provider,
    state: texts.state === 'FAILED' ? 'FAILED' : images.state,
    maxBatchSize: images.report?.batchSize ?? null,
  };
}

function pidsOf({ all }: Encoders, wanted: 'images' | 'texts'): number[] {
  return all.flatMap(({ kind, pids }) => (kind === wanted ? pids : []));
}

function countAll(decoders: Decoders, encoders: Encoders, admission: Admission): InferenceStats {
  const { counters, all } = encoders;
  const { imageEncoderCalls, imagesEncoded, textEncoderCalls } = counters;
  const total = (count: (encoder: (typeof all)[number]) => number) =>
    all.reduce((sum, encoder) => sum + count(encoder), 0);
  return {
    ...counters,
    batches: imageEncoderCalls + textEncoderCalls,
    meanImageBatch: imagesEncoded / Math.max(1, imageEncoderCalls),
    queued: decoders.batcher.waiting + total(({ waiting }) => waiting),
    admitted: admission.images,
    loads: total(({ loads }) => loads),
    modelMemoryBytes: encoders.memoryBytes,
    restarts: { decoder: decoders.pool.restarts, encoder: total(({ restarts }) => restarts) },
  };
}

function stopping(): AppError {
  const message = 'The server is stopping. Send the request again.';
  return new AppError('OVERLOADED', { message, retryAfterMs: 1_000 });
}
