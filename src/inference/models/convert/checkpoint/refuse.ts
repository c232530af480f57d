import { AppError } from '../../../../errors.ts';

/** The error of a checkpoint that cannot be used: which file, what is wrong with it, and what may help. */
export function refusal(file: string, reason: string, remedy = 'Fetch the file again, from its publisher.') {
  return new AppError('MODEL_NOT_AVAILABLE', {
    message: `The checkpoint ${file} cannot be used: ${reason}. ${remedy}`,
    details: { file },
  });
}
