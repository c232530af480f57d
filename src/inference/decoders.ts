import { AppError } from '../errors.ts';
import { Batcher } from './batcher.ts';
import { ChildPool } from './child-pool.ts';
import { Dispatcher } from './dispatcher.ts';
import { ChildDiedError } from './supervised-child.ts';
import type { DecoderResult, DecoderSetup, DecoderTask } from './decoder/main.ts';
import type { InferenceOptions } from './inference.ts';

/**
 * The decoder children behind a fair queue, one picture at a time each.
 * A picture whose decoder dies is tried once more; then, as for one that overran its time, DEADLINE_EXCEEDED.
 */
export function createDecoders(options: InferenceOptions) {
  const { decoders: size = 1, maxImagePixels, decodeTimeoutMs = 10_000, logger, observer } = options;
  const pool = new ChildPool<DecoderSetup, null, DecoderTask, DecoderResult>({
    name: 'decoder',
    module: new URL('./decoder/main.ts', import.meta.url),
    size,
    setup: () => ({ maxImagePixels }),
    taskTimeoutMs: decodeTimeoutMs,
    logger,
    onRestart: (reason) => observer?.onRestart?.({ kind: 'decoder', reason }),
    onChange: () => {
      if (pool.state === 'FAILED') batcher.refuse(cannotStart);
      else batcher.accept();
      dispatcher.pump();
    },
  });
  const batcher = new Batcher<DecoderTask, DecoderResult>({
    maxBatchSize: () => 1,
    run: async ([image]) => [await pool.run(image!)],
    giveUp: nameDecodeFailure,
  });
  const lane = {
    get waiting() {
      return batcher.waiting;
    },
    get idle() {
      return pool.idle;
    },
    dispatch: () => batcher.dispatch(),
  };
  const dispatcher = new Dispatcher({ slots: size, lanes: [lane] });
  batcher.onWaiting = () => dispatcher.pump();
  const cannotStart = () => {
    const message = 'Images cannot be decoded at the moment: no decoder process can be started.';
    return new AppError('INTERNAL', { message, cause: pool.lastFailure });
  };
  return { pool, batcher, count: size };
}

export type Decoders = ReturnType<typeof createDecoders>;

/** What a caller is told about an image that failed twice. A dead decoder looks to it like one that was too slow. */
export function nameDecodeFailure(cause: unknown): AppError {
  return cause instanceof ChildDiedError
    ? new AppError('DEADLINE_EXCEEDED', { message: 'The image stopped its decoder twice.', cause })
    : new AppError('INTERNAL', { message: 'The image could not be decoded.', cause });
}
