import { AppError } from '../../../src/errors.ts';

/** Whole numbers from 0 to `below - 1`, the same in every run. */
export function seededInteger(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

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
