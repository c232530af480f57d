import { Dispatcher } from './dispatcher.ts';
import { EncoderMemory } from './encoder-memory.ts';
import { guessMemory } from './measure-memory.ts';
import { LoadableEncoder } from './loadable-encoder.ts';
import type { ImageTask } from './encoder/image-main.ts';
import type { EncodedTexts } from './encoder/text-encoder.ts';
import type { TextTask } from './encoder/text-main.ts';
import type { InferenceObserver, InferenceOptions } from './inference.ts';
import type { SharedOptions } from './loadable-encoder.ts';
import type { Model } from './models/model.ts';

/** Pixels of one image, uint8 [height, width, 3] -> its unit vector. */
export type ImageEncoder = LoadableEncoder<ImageTask, Float32Array[], Uint8Array, Float32Array>;
/** One chunk of texts, encoded together. */
export type TextEncoder = LoadableEncoder<TextTask, EncodedTexts, TextTask, EncodedTexts>;

/** The two halves of a model; either may serve other models too. */
export interface EncoderPair {
  images: ImageEncoder;
  texts: TextEncoder;
}

/** Room for what the default model's children take later, at their largest batches. */
const GROWTH = 1.5;

/**
 * The encoders of all models, one for each revision of an image or text encoder: models that share one share its
 * children, its queue and its batches. The default model's are loaded by `start`, others when they are wanted, as far
 * as memory allows.
 */
export function createEncoders(options: InferenceOptions) {
  const { models, encoders: processes = 1, modelMemoryBytes, logger, observer } = options;
  const counters = { imageEncoderCalls: 0, imagesEncoded: 0, textEncoderCalls: 0, textsEncoded: 0 };
  const images = new Map<string, ImageEncoder>();
  const texts = new Map<string, TextEncoder>();
  const shared: SharedOptions = {
    ...options,
    processes,
    onWanted: (encoder) => memory?.want(encoder),
    onChange: () => dispatcher.pump(),
    onRestart: (reason) => observer?.onRestart?.({ kind: 'encoder', reason }),
  };
  for (const model of models) {
    const { imageRevision, textRevision } = model;
    const isKept = model === models[0];
    if (!images.has(imageRevision)) {
      images.set(imageRevision, createImageEncoder({ ...shared, model, isKept }, counters, observer));
    }
    if (!texts.has(textRevision)) {
      texts.set(textRevision, createTextEncoder({ ...shared, model, isKept: false }, counters, observer));
    }
  }
  const all = [...images.values(), ...texts.values()];
  // As many batches at once as one encoder has children: more would take cores that are not theirs.
  const dispatcher = new Dispatcher({ slots: processes, lanes: all });
  let memory: EncoderMemory | undefined;

  const pairOf = ({ imageRevision, textRevision }: Model): EncoderPair => ({
    images: images.get(imageRevision)!,
    texts: texts.get(textRevision)!,
  });
  return {
    counters,
    /** Of each encoder. */
    processes,
    pairOf,
    all,
    get memoryBytes() {
      return memory?.usedBytes ?? 0;
    },
    /** Loads the default model. Rejects with the reason where it cannot be run. */
    async start(): Promise<void> {
      const pair = Object.values(pairOf(models[0]));
      await Promise.all(pair.map((encoder) => encoder.load()));
      await Promise.all(pair.map((encoder) => encoder.measure()));
      const least = Math.ceil(GROWTH * pair.reduce((bytes, { neededBytes }) => bytes + neededBytes, 0));
      if (modelMemoryBytes < least) {
        logger.warn(
          { modelMemoryBytes, instead: least },
          'the memory for models is too small for the default',
        );
      }
      memory = new EncoderMemory({
        budgetBytes: Math.max(modelMemoryBytes, least),
        residents: all,
        logger,
      });
    },
  };
}

export type Encoders = ReturnType<typeof createEncoders>;

type Counters = Encoders['counters'];
type Placed = SharedOptions & { model: Model; isKept: boolean };

function createImageEncoder(placed: Placed, counters: Counters, observer?: InferenceObserver): ImageEncoder {
  const { model, processes } = placed;
  return new LoadableEncoder({
    ...placed,
    kind: 'images',
    module: new URL('./encoder/image-main.ts', import.meta.url),
    guessedBytes: guessMemory(model.directory, model.graphs.image) * processes,
    maxPayloads: (batchSize) => batchSize,
    encode: async (pictures, run) => {
      counters.imageEncoderCalls++;
      const embeddings = await run({ pixels: Buffer.concat(pictures), count: pictures.length });
      counters.imagesEncoded += embeddings.length;
      return embeddings;
    },
    onBatch: ({ payloads, runMs }) =>
      observer?.onBatch?.({ kind: 'images', size: payloads.length, encodeMs: runMs }),
  });
}

function createTextEncoder(placed: Placed, counters: Counters, observer?: InferenceObserver): TextEncoder {
  const { model, processes } = placed;
  return new LoadableEncoder({
    ...placed,
    kind: 'texts',
    module: new URL('./encoder/text-main.ts', import.meta.url),
    guessedBytes: guessMemory(model.directory, model.graphs.text) * processes,
    maxPayloads: () => 1,
    encode: async ([chunk], run) => {
      const answer = await run(chunk!);
      if (!chunk!.countOnly) {
        counters.textEncoderCalls++;
        counters.textsEncoded += chunk!.texts.length;
      }
      return [answer];
    },
    onBatch: ({ payloads: [chunk], runMs }) => {
      if (!chunk!.countOnly) {
        observer?.onBatch?.({ kind: 'texts', size: chunk!.texts.length, encodeMs: runMs });
      }
    },
  });
}
