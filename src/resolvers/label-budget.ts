import { AppError } from '../errors.ts';
import type { Loaders } from './loaders.ts';

/** Labels that one request may have read whole, to know their order or what is said in them. */
const MAX_LABELS = 100_000;

/** Counts the labels of a draft or version that is read whole for one page of it. Throws COST_LIMIT. */
export function chargeLabels(loaders: Loaders, labelCount: number): void {
  loaders.labelsRead += labelCount;
  if (loaders.labelsRead <= MAX_LABELS) return;
  throw new AppError('COST_LIMIT', {
    message: `One request may read drafts and versions of ${MAX_LABELS} labels together in this way; ask for fewer of them at once.`,
  });
}
