import type { ClassificationOutcomeResolvers } from '../schema/types.generated.ts';

export const ClassificationOutcome: ClassificationOutcomeResolvers = {
  __resolveType: (outcome) => ('code' in outcome ? 'ClassificationError' : 'Classification'),
};
