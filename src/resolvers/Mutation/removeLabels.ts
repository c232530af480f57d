import type { MutationResolvers } from '../../schema/types.generated.ts';
import { removeLabels as remove } from '../../taxonomy/edit-labels.ts';
import { mutateTaxonomy, toDraftEdit } from '../taxonomy-mutation.ts';

export const removeLabels: MutationResolvers['removeLabels'] = (_, { input }, context) =>
  mutateTaxonomy(context, async (services, tenantId) => {
    const edit = { ...toDraftEdit(input), keys: input.keys };
    const { taxonomy, result: removedCount } = await remove(services, tenantId, edit);
    return { taxonomy, removedCount };
  });
