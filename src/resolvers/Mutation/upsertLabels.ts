import type { MutationResolvers } from '../../schema/types.generated.ts';
import { upsertLabels as upsert } from '../../taxonomy/edit-labels.ts';
import { mutateTaxonomy, toDraftEdit } from '../taxonomy-mutation.ts';

export const upsertLabels: MutationResolvers['upsertLabels'] = (_, { input }, context) =>
  mutateTaxonomy(context, async (services, tenantId) => {
    const { taxonomy } = await upsert(services, tenantId, { ...toDraftEdit(input), labels: input.labels });
    return { taxonomy };
  });
