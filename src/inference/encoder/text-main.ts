import { join } from 'node:path';
import { AppError } from '../../errors.ts';
import { serveTasks } from '../serve-tasks.ts';
import { findBatchSize } from './find-batch-size.ts';
import { openEncoder } from './open-encoder.ts';
import { createTextEncoder } from './text-encoder.ts';
import { loadTokenizer } from './tokenizer.ts';
import type { Model } from '../models/model.ts';
import type { EncoderReport, EncoderSetup } from './setup.ts';
import type { EncodedTexts } from './text-encoder.ts';

/** The text encoder's child: texts in, unit vectors and their lengths in tokens out. */
export interface TextTask {
  texts: string[];
  /** Tokens that each text is padded to where the model sees padding; else as its batch needs. */
  paddedLength?: number | undefined;
  /** Nothing is encoded: the answer has lengths only. */
  countOnly?: boolean | undefined;
}

const MOST_TEXTS = 64;
const TYPICAL_PROMPT = 'a photo of a small brown dog on the grass';

serveTasks<EncoderSetup, EncoderReport, TextTask, EncodedTexts>(
  async ({ model, executionProviders: providers, batchSize }) => {
    const tokenizer = await openTokenizer(model);
    const file = join(model.directory, model.graphs.text);
    const { encoder, ...opened } = await openEncoder({ file, providers }, async (session) => {
      const texts = createTextEncoder(session, tokenizer, model);
      // Some providers open a graph that they cannot run.
      await texts.encode(['a']);
      return texts;
    });
    const run = (size: number) => encoder.encode(Array.from({ length: size }, () => TYPICAL_PROMPT));
    const limit = encoder.fixedBatch ?? MOST_TEXTS;
    return {
      report: { ...opened, batchSize: batchSize ?? (await findBatchSize({ run, limit })) },
      handle: async ({ texts, paddedLength, countOnly }) =>
        countOnly
          ? { embeddings: [], tokenCounts: encoder.countTokens(texts) }
          : await encoder.encode(texts, paddedLength),
    };
  },
);

async function openTokenizer(model: Model) {
  return loadTokenizer(model.directory, model).catch((cause: unknown) => {
    const message = `The tokenizer of model ${model.id} cannot be read from ${model.directory}: ${String(cause)}`;
    throw new AppError('MODEL_NOT_AVAILABLE', { message, cause });
  });
}
