import type { PreviewOutcomeResolvers } from '../schema/types.generated.ts';

export const PreviewOutcome: PreviewOutcomeResolvers = {
  __resolveType: (outcome) => ('code' in outcome ? 'ClassificationError' : 'Preview'),
};
