import { serveTasks } from '../serve-tasks.ts';
import { findBatchSize } from './find-batch-size.ts';
import { openEncoders } from './open-encoders.ts';
import type { Model } from '../models/model.ts';
import type { OpenEncoders, ProviderFailure } from './open-encoders.ts';

/** The encoder child: pixels or texts in, unit vectors out. */
export interface EncoderSetup {
  model: Model;
  executionProviders: string[];
  /** What an earlier child measured; without it this one measures while it warms up. */
  batchSizes?: BatchSizes;
}

export interface BatchSizes {
  images: number;
  texts: number;
}

export interface EncoderReport {
  provider: string;
  refused: ProviderFailure[];
  batchSizes: BatchSizes;
}

export type EncoderTask =
  /** uint8 [count, height, width, 3] */
  { kind: 'images'; pixels: Uint8Array; count: number } | { kind: 'texts'; texts: string[] };

export interface EncoderResult {
  embeddings: Float32Array[];
  /** Texts only: tokens before truncation. */
  tokenCounts: number[];
}

const MOST_IMAGES = 32;
const MOST_TEXTS = 64;
const TYPICAL_PROMPT = 'a photo of a small brown dog on the grass';

serveTasks<EncoderSetup, EncoderReport, EncoderTask, EncoderResult>(async (setup) => {
  const encoders = await openEncoders(setup.model, setup.executionProviders);
  const { images, texts, provider, refused } = encoders;
  const batchSizes = setup.batchSizes ?? (await measure(encoders, setup.model));
  return {
    report: { provider, refused, batchSizes },
    handle: async (task) =>
      task.kind === 'images'
        ? { embeddings: await images.encode(task.pixels, task.count), tokenCounts: [] }
        : await texts.encode(task.texts),
  };
});

async function measure({ images, texts }: OpenEncoders, { preprocessing }: Model): Promise<BatchSizes> {
  const { width, height } = preprocessing.crop;
  const pixels = new Uint8Array(MOST_IMAGES * width * height * 3).fill(127);
  return {
    images: await findBatchSize({
      run: (size) => images.encode(pixels.subarray(0, size * width * height * 3), size),
      limit: images.fixedBatch ?? MOST_IMAGES,
    }),
    texts: await findBatchSize({
      run: (size) => texts.encode(Array.from({ length: size }, () => TYPICAL_PROMPT)),
      limit: texts.fixedBatch ?? MOST_TEXTS,
    }),
  };
}
