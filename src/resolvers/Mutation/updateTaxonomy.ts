import type { MutationResolvers } from '../../schema/types.generated.ts';
import { updateTaxonomy as update } from '../../taxonomy/update-taxonomy.ts';
import { mutateTaxonomy, toDraftEdit } from '../taxonomy-mutation.ts';

export const updateTaxonomy: MutationResolvers['updateTaxonomy'] = (_, { input }, context) =>
  mutateTaxonomy(context, async (services, tenantId) => ({
    taxonomy: await update(services, tenantId, {
      ...toDraftEdit(input),
      name: input.name ?? undefined,
      description: input.description, // null takes it away, undefined leaves it
      modelId: input.modelId ?? undefined,
      defaultLanguage: input.defaultLanguage ?? undefined,
    }),
  }));
