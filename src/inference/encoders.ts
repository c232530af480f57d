import { AppError } from '../errors.ts';
import { Batcher } from './batcher.ts';
import { ChildPool } from './child-pool.ts';
import { Dispatcher } from './dispatcher.ts';
import type { BatchSizes, EncoderReport, EncoderResult, EncoderSetup, EncoderTask } from './encoder/main.ts';
import type { InferenceOptions, TextEmbeddings } from './inference.ts';

/** An encoder that needs longer for one batch hangs. */
const ENCODE_TIMEOUT_MS = 120_000;

/** The encoder children, shared turn by turn by a batcher of images and one of chunks of texts. */
export function createEncoders({
  model,
  executionProviders,
  encoders: size = 1,
  logger,
  observer,
}: InferenceOptions) {
  /** Of the first child that was ready; the others and all later ones are told. */
  let batchSizes: BatchSizes | undefined;
  let provider: string | undefined;
  const counters = { imageEncoderCalls: 0, imagesEncoded: 0, textEncoderCalls: 0, textsEncoded: 0 };

  const pool = new ChildPool<EncoderSetup, EncoderReport, EncoderTask, EncoderResult>({
    name: 'encoder',
    module: new URL('./encoder/main.ts', import.meta.url),
    size,
    setup: () => ({ model, executionProviders, batchSizes }),
    taskTimeoutMs: ENCODE_TIMEOUT_MS,
    logger,
    onReady: (report) => {
      batchSizes ??= report.batchSizes;
      provider = report.provider;
      for (const failure of report.refused) {
        logger.warn(
          { ...failure, instead: provider },
          `execution provider ${failure.provider} cannot be used`,
        );
      }
      logger.info({ model: model.id, provider, batchSizes }, 'encoder ready');
    },
    onRestart: (reason) => observer?.onRestart?.({ kind: 'encoder', reason }),
    onChange: () => {
      for (const batcher of [images, texts]) {
        if (pool.state === 'FAILED') batcher.refuse(cannotStart);
        else batcher.accept();
      }
      dispatcher.pump();
    },
  });

  const images = new Batcher<Uint8Array, Float32Array>({
    maxBatchSize: () => batchSizes?.images ?? 1,
    run: async (pictures) => {
      counters.imageEncoderCalls++;
      const task: EncoderTask = { kind: 'images', pixels: Buffer.concat(pictures), count: pictures.length };
      const { embeddings } = await pool.run(task);
      counters.imagesEncoded += embeddings.length;
      return embeddings;
    },
    giveUp,
    onBatch: ({ payloads, runMs }) =>
      observer?.onBatch?.({ kind: 'images', size: payloads.length, encodeMs: runMs }),
  });
  const texts = new Batcher<string[], TextEmbeddings>({
    maxBatchSize: () => 1,
    run: async ([chunk]) => {
      counters.textEncoderCalls++;
      const result = await pool.run({ kind: 'texts', texts: chunk! });
      counters.textsEncoded += chunk!.length;
      return [result];
    },
    giveUp,
    onBatch: ({ payloads: [chunk], runMs }) =>
      observer?.onBatch?.({ kind: 'texts', size: chunk!.length, encodeMs: runMs }),
  });
  const dispatcher = new Dispatcher({ idle: () => pool.idle, batchers: [images, texts] });

  const cannotStart = () => {
    const message = `Model ${model.id} cannot be run at the moment: no encoder process can be started.`;
    return new AppError('MODEL_NOT_AVAILABLE', { message, cause: pool.lastFailure });
  };
  return {
    pool,
    images,
    texts,
    counters,
    /** Of processes. */
    count: size,
    get provider() {
      return provider;
    },
    get batchSizes(): BatchSizes {
      return batchSizes ?? { images: 1, texts: 1 };
    },
  };
}

export type Encoders = ReturnType<typeof createEncoders>;

function giveUp(cause: unknown): AppError {
  return new AppError('INTERNAL', { message: 'The input could not be encoded: it failed twice.', cause });
}
