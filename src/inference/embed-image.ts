import { AppError } from '../errors.ts';
import type { Decoders } from './decoders.ts';
import type { Encoders } from './encoders.ts';
import type { ImageEmbedding, ImageRequest, InferenceOptions } from './inference.ts';
import type { Model } from './models/model.ts';
import type { MovingAverage } from './moving-average.ts';

interface Parts {
  model: Model;
  decoders: Decoders;
  encoders: Encoders;
  /** Fed here, asked by admission. */
  msPerImage: MovingAverage;
  options: InferenceOptions;
}

/** One image through both queues: file -> decoder -> pixels -> encoder -> unit vector. Errors: see `Inference`. */
export async function embedImage(parts: Parts, request: ImageRequest): Promise<ImageEmbedding> {
  const { tenantId, bulk, bytes, signal, deadlineAt } = request;
  const { model, decoders, encoders, msPerImage, options } = parts;
  const { maxImageBytes, observer } = options;
  if (bytes.byteLength > maxImageBytes) {
    const message = `The image has ${bytes.byteLength} bytes; the limit is ${maxImageBytes}. Scale it down first.`;
    throw new AppError('IMAGE_TOO_LARGE', { message, details: { maxImageBytes } });
  }
  const { preprocessing } = model;
  const turn = { tenantId, modelId: model.id, bulk, signal, deadlineAt };
  const decoded = await decoders.batcher.submit({ ...turn, payload: { bytes, preprocessing } });
  const { pixels, decodeMs: workMs, ...image } = decoded.result;
  const encoded = await encoders.pairOf(model).images.submit({ ...turn, payload: pixels });

  const { result: embedding, queueMs, runMs: encodeMs, batchSize } = encoded;
  const decodeMs = decoded.queueMs + decoded.runMs;
  // Decoding and encoding run side by side: the slower of the two sets the pace.
  msPerImage.add(Math.max(workMs / decoders.count, encodeMs / batchSize / encoders.processes));
  observer?.onImage?.({ decodeMs, queueMs });
  return { embedding, image, timing: { decodeMs, queueMs, encodeMs, batchSize } };
}
