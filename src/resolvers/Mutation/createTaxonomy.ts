import type { MutationResolvers } from '../../schema/types.generated.ts';
import { createTaxonomy as create } from '../../taxonomy/create-taxonomy.ts';
import { mutateTaxonomy } from '../taxonomy-mutation.ts';

export const createTaxonomy: MutationResolvers['createTaxonomy'] = (_, { input }, context) =>
  mutateTaxonomy(context, async (services, tenantId) => ({
    taxonomy: await create(services, tenantId, input),
  }));
