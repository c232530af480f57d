import { AppError } from '../../../src/errors.ts';

/** What a caller would be told of the refusal of `work`; throws where it is not refused. */
export function refusalOf(work: () => unknown): { code: string; message: string; path: string[] } {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError) return { code: error.code, message: error.message, path: error.inputPath };
    throw error;
  }
  throw new Error('It was expected to be refused');
}
