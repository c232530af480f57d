import type { LabelDifferenceResolvers } from '../schema/types.generated.ts';
import { kindsOf, summarize } from '../taxonomy/label-difference.ts';

export const LabelDifference: LabelDifferenceResolvers = {
  kinds: (difference) => kindsOf(difference),
  summary: (difference) => summarize(difference),
};
