import type { ClassificationStatsGroupResolvers } from '../schema/types.generated.ts';

export const ClassificationStatsGroup: ClassificationStatsGroupResolvers = {
  taxonomy: ({ taxonomyId }, _, { loaders }) =>
    taxonomyId === null ? null : loaders.taxonomy.load(taxonomyId),
};
