import { AppError } from '../errors.ts';
import { ChildPool } from './child-pool.ts';
import type { EncoderReport, EncoderSetup } from './encoder/setup.ts';
import type { Model } from './models/model.ts';

/** As each starts, it runs one image or text. */
const MODULES = ['./encoder/image-main.ts', './encoder/text-main.ts'].map(
  (one) => new URL(one, import.meta.url),
);

/**
 * Loads both encoders of a model once, one after the other, each in a child that runs one image or text through it.
 * On the CPU, which every machine has. Throws MODEL_NOT_AVAILABLE with the file and the reason.
 */
export async function tryModel(model: Model): Promise<void> {
  for (const module of MODULES) {
    const pool = new ChildPool<EncoderSetup, EncoderReport, never, never>({
      name: 'encoder',
      module,
      size: 1,
      setup: () => ({ model, executionProviders: ['cpu'], batchSize: 1 }),
      taskTimeoutMs: 0,
      logger: { warn: () => {}, debug: () => {} },
      onChange: () => {},
    });
    try {
      await pool.start();
    } catch (cause) {
      throw explain(cause, model);
    } finally {
      await pool.stop();
    }
  }
}

function explain(cause: unknown, { id, directory }: Model): AppError {
  if (!(cause instanceof AppError)) {
    const message =
      `The model '${id}' was not added: trying it was broken off. ${String(cause)}. Where the system ended it, there is too ` +
      'little memory for it: free some, or add it in a smaller precision.';
    return new AppError('MODEL_NOT_AVAILABLE', { message, cause });
  }
  const message =
    `The model '${id}' was not added, since it does not run. ${cause.message.replaceAll(`${directory}/`, '')} Add it from ` +
    'another place, or from a checkpoint, which is converted; docs/models.md says what its files must be.';
  return new AppError('MODEL_NOT_AVAILABLE', { message, cause });
}

/** Whether its own files are why: tried again, it would come to the same. */
export function isModelBroken(error: unknown): error is AppError {
  return error instanceof AppError && error.cause instanceof AppError;
}
