import { AppError } from '../errors.ts';
import { Admission } from './admission.ts';
import { createDecoders } from './decoders.ts';
import { embedImage } from './embed-image.ts';
import { embedTexts } from './embed-texts.ts';
import { createEncoders } from './encoders.ts';
import { MovingAverage } from './moving-average.ts';
import type { Decoders } from './decoders.ts';
import type { Encoders } from './encoders.ts';
import type { Inference, InferenceOptions, InferenceStats } from './inference.ts';
import type { Model } from './models/model.ts';

/** A white pixel, as PNG. */
const TINY_PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP6DwABBQECz6AuzQAAAABJRU5ErkJggg==',
  'base64',
);
const CHECK_TIMEOUT_MS = 10_000;

/**
 * Starts the decoder and encoder children and resolves when both kinds are warm.
 * Rejects with MODEL_NOT_AVAILABLE when the model cannot be run here; no child is left behind then.
 */
export async function startInference(options: InferenceOptions): Promise<Inference> {
  const { model, observer } = options;
  const decoders = createDecoders(options);
  const encoders = createEncoders(options);
  const msPerImage = new MovingAverage({ initial: 100 });
  const onOverload = () => observer?.onOverload?.();
  const admission = new Admission({ ...options, msPerImage: () => msPerImage.value, onOverload });

  const inference: Inference = {
    get models() {
      const { provider, batchSizes, pool } = encoders;
      return [{ ...model, provider, state: pool.state, maxBatchSize: batchSizes.images }];
    },
    admit: (request) => admission.admit(request),
    overloaded: (tenantId) => admission.overloaded(tenantId),
    async embedImage(request) {
      checkModel(model, request.modelId);
      return embedImage({ decoders, encoders, msPerImage, options }, request);
    },
    async embedTexts(request) {
      checkModel(model, request.modelId);
      return embedTexts(encoders, request);
    },
    async check(signal) {
      const deadlineAt = Date.now() + CHECK_TIMEOUT_MS;
      await inference.embedImage({
        tenantId: '',
        modelId: model.id,
        bytes: TINY_PICTURE,
        signal,
        deadlineAt,
      });
    },
    stats: () => countAll(decoders, encoders, admission),
    processIds: () => ({ decoders: decoders.pool.pids, encoders: encoders.pool.pids }),
    async stop() {
      for (const batcher of [decoders.batcher, encoders.images, encoders.texts]) batcher.refuse(stopping);
      await Promise.all([decoders.pool.stop(), encoders.pool.stop()]);
    },
  };

  try {
    await Promise.all([decoders.pool.start(), encoders.pool.start()]);
  } catch (cause) {
    await inference.stop();
    if (cause instanceof AppError) throw cause;
    const message = `Inference cannot be started: ${String(cause)}`;
    throw new AppError('MODEL_NOT_AVAILABLE', { message, cause });
  }
  return inference;
}

function checkModel({ id }: Model, modelId: string): void {
  if (modelId === id) return;
  const message = `There is no model ${modelId} here; the server runs ${id}. List them with the query \`models\`.`;
  throw new AppError('MODEL_NOT_AVAILABLE', { message, details: { modelId } });
}

function countAll(
  decoders: Decoders,
  { counters, ...encoders }: Encoders,
  admission: Admission,
): InferenceStats {
  const { imageEncoderCalls, imagesEncoded, textEncoderCalls } = counters;
  return {
    ...counters,
    batches: imageEncoderCalls + textEncoderCalls,
    meanImageBatch: imagesEncoded / Math.max(1, imageEncoderCalls),
    queued: decoders.batcher.waiting + encoders.images.waiting + encoders.texts.waiting,
    admitted: admission.images,
    restarts: { decoder: decoders.pool.restarts, encoder: encoders.pool.restarts },
  };
}

function stopping(): AppError {
  const message = 'The server is stopping. Send the request again.';
  return new AppError('OVERLOADED', { message, retryAfterMs: 1_000 });
}
