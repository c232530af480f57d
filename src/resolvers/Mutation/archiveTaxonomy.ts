import type { MutationResolvers } from '../../schema/types.generated.ts';
import { archiveTaxonomy as archive } from '../../taxonomy/update-taxonomy.ts';
import { mutateTaxonomy, toDraftEdit } from '../taxonomy-mutation.ts';

export const archiveTaxonomy: MutationResolvers['archiveTaxonomy'] = (_, { input }, context) =>
  mutateTaxonomy(context, async (services, tenantId) => ({
    taxonomy: await archive(services, tenantId, toDraftEdit(input)),
  }));
