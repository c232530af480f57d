import { join } from 'node:path';
import { serveTasks } from '../serve-tasks.ts';
import { findBatchSize } from './find-batch-size.ts';
import { createImageEncoder } from './image-encoder.ts';
import { openEncoder } from './open-encoder.ts';
import type { EncoderReport, EncoderSetup } from './setup.ts';

/** The image encoder's child: pixels in, unit vectors out. */
export interface ImageTask {
  /** uint8 [count, height, width, 3] */
  pixels: Uint8Array;
  count: number;
}

const MOST_IMAGES = 32;

serveTasks<EncoderSetup, EncoderReport, ImageTask, Float32Array[]>(
  async ({ model, executionProviders: providers, batchSize }) => {
    const { width, height } = model.preprocessing.crop;
    const imageBytes = width * height * 3;
    const file = join(model.directory, model.graphs.image);
    const { encoder, ...opened } = await openEncoder({ file, providers }, async (session) => {
      const images = createImageEncoder(session, model);
      // Some providers open a graph that they cannot run.
      await images.encode(new Uint8Array(imageBytes).fill(127), 1);
      return images;
    });
    const pixels = new Uint8Array(MOST_IMAGES * imageBytes).fill(127);
    const run = (size: number) => encoder.encode(pixels.subarray(0, size * imageBytes), size);
    const limit = encoder.fixedBatch ?? MOST_IMAGES;
    return {
      report: { ...opened, batchSize: batchSize ?? (await findBatchSize({ run, limit })) },
      handle: (task) => encoder.encode(task.pixels, task.count),
    };
  },
);
