import { AppError } from '../errors.ts';
import { Admission } from './admission.ts';
import { MovingAverage } from './moving-average.ts';
import { createDecoders } from './decoders.ts';
import { createEncoders } from './encoders.ts';
import { chunkTexts } from './text-chunks.ts';
import type { ImageEmbedding, ImageRequest, Inference, InferenceOptions } from './inference.ts';
import type { TextEmbeddings, TextRequest } from './inference.ts';

/** A white pixel, as PNG. */
const TINY_PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP6DwABBQECz6AuzQAAAABJRU5ErkJggg==',
  'base64',
);
const CHECK_TIMEOUT_MS = 10_000;
/** Far above any context length; beyond it a tokenizer could be kept busy for its own sake. */
const MAX_TEXT_LENGTH = 20_000;

/**
 * Starts the decoder and encoder children and resolves when both kinds are warm.
 * Rejects with MODEL_NOT_AVAILABLE when the model cannot be run here; no child is left behind then.
 */
export async function startInference(options: InferenceOptions): Promise<Inference> {
  const { model, maxImageBytes, maxQueuedImages, maxQueuedBytes, observer } = options;
  const decoders = createDecoders(options);
  const encoders = createEncoders(options);
  const msPerImage = new MovingAverage({ initial: 100 });
  const admission = new Admission({
    maxQueuedImages,
    maxQueuedBytes,
    msPerImage: () => msPerImage.value,
    onOverload: () => observer?.onOverload?.(),
  });
  let stopped: Promise<unknown> | undefined;

  function stop(): Promise<unknown> {
    for (const batcher of [decoders.batcher, encoders.images, encoders.texts]) batcher.refuse(stopping);
    return (stopped ??= Promise.all([decoders.pool.stop(), encoders.pool.stop()]));
  }

  function checkModel(modelId: string): void {
    if (modelId === model.id) return;
    const message = `There is no model ${modelId} here; the server runs ${model.id}. List them with the query \`models\`.`;
    throw new AppError('MODEL_NOT_AVAILABLE', { message, details: { modelId } });
  }

  async function embedImage(request: ImageRequest): Promise<ImageEmbedding> {
    const { tenantId, modelId, bytes, signal, deadlineAt } = request;
    checkModel(modelId);
    if (bytes.byteLength > maxImageBytes) {
      const message = `The image has ${bytes.byteLength} bytes; the limit is ${maxImageBytes}. Scale it down first.`;
      throw new AppError('IMAGE_TOO_LARGE', { message, details: { maxImageBytes } });
    }
    const turn = { tenantId, signal, deadlineAt };
    const decoded = await decoders.batcher.submit({ ...turn, payload: bytes });
    const { pixels, decodeMs, ...image } = decoded.result;
    const encoded = await encoders.images.submit({ ...turn, payload: pixels });
    const { runMs: encodeMs, batchSize } = encoded;
    const queueMs = decoded.queueMs + encoded.queueMs;
    // Decoding and encoding run side by side: the slower of the two sets the pace.
    const paceMs = Math.max(
      decodeMs / (options.decoders ?? 1),
      encodeMs / batchSize / (options.encoders ?? 1),
    );
    msPerImage.add(paceMs);
    observer?.onImage?.({ decodeMs, queueMs });
    return { embedding: encoded.result, image, timing: { decodeMs, queueMs, encodeMs, batchSize } };
  }

  async function embedTexts({ tenantId, modelId, texts, signal }: TextRequest): Promise<TextEmbeddings> {
    checkModel(modelId);
    const tooLong = texts.findIndex(({ length }) => length > MAX_TEXT_LENGTH);
    if (tooLong >= 0) {
      const message = `A text may have at most ${MAX_TEXT_LENGTH} characters; number ${tooLong} has ${texts[tooLong]!.length}.`;
      throw new AppError('INVALID_INPUT', { message });
    }
    const embeddings: Float32Array[] = Array.from({ length: texts.length });
    const tokenCounts: number[] = Array.from({ length: texts.length });
    const chunks = chunkTexts(texts, encoders.batchSizes.texts).values();
    // As many workers as encoders, and one to keep them fed: a taxonomy of thousands of prompts then leaves turns
    // to a short request of the same tenant.
    const work = async () => {
      for (const chunk of chunks) {
        const { result } = await encoders.texts.submit({ tenantId, signal, payload: chunk.texts });
        for (const [i, place] of chunk.places.entries()) {
          embeddings[place] = result.embeddings[i]!;
          tokenCounts[place] = result.tokenCounts[i]!;
        }
      }
    };
    await Promise.all(Array.from({ length: (options.encoders ?? 1) + 1 }, work));
    return { embeddings, tokenCounts };
  }

  async function check(signal?: AbortSignal): Promise<void> {
    const deadlineAt = Date.now() + CHECK_TIMEOUT_MS;
    await embedImage({ tenantId: '', modelId: model.id, bytes: TINY_PICTURE, signal, deadlineAt });
  }

  try {
    await Promise.all([decoders.pool.start(), encoders.pool.start()]);
  } catch (cause) {
    await stop();
    if (cause instanceof AppError) throw cause;
    const message = `Inference cannot be started: ${String(cause)}`;
    throw new AppError('MODEL_NOT_AVAILABLE', { message, cause });
  }

  return {
    get models() {
      const { provider, batchSizes, pool } = encoders;
      return [{ ...model, provider, state: pool.state, maxBatchSize: batchSizes.images }];
    },
    admit: (request) => admission.admit(request),
    overloaded: () => admission.overloaded(),
    embedImage,
    embedTexts,
    check,
    stats: () => ({
      ...encoders.count,
      batches: encoders.count.imageEncoderCalls + encoders.count.textEncoderCalls,
      meanImageBatch: encoders.count.imagesEncoded / Math.max(1, encoders.count.imageEncoderCalls),
      queued: decoders.batcher.waiting + encoders.images.waiting + encoders.texts.waiting,
      admitted: admission.images,
      restarts: { decoder: decoders.pool.restarts, encoder: encoders.pool.restarts },
    }),
    processIds: () => ({ decoders: decoders.pool.pids, encoders: encoders.pool.pids }),
    stop: async () => void (await stop()),
  };
}

function stopping(): AppError {
  const message = 'The server is stopping. Send the request again.';
  return new AppError('OVERLOADED', { message, retryAfterMs: 1_000 });
}
