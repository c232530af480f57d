import { AppError } from '../errors.ts';
import type { UserError } from '../schema/types.generated.ts';

/**
 * Runs a mutation. What the caller has to mend (an AppError of the input channel, or one of an image's where there is
 * no image for it to stand in the place of) becomes `userErrors` beside the payload's empty form; everything else goes
 * on as the error of the whole request.
 */
export async function withUserErrors<Payload extends object, Empty extends object = object>(
  mutate: () => Promise<Payload>,
  empty?: Empty,
): Promise<(Payload | Empty) & { userErrors: UserError[] }> {
  try {
    return { ...(await mutate()), userErrors: [] };
  } catch (error) {
    if (!(error instanceof AppError) || error.channel === 'request') throw error;
    const { code, message, inputPath: path, details = null } = error;
    const userErrors = [{ code, message, path, details }];
    return { ...(empty as Empty), userErrors };
  }
}
