import type { MutationResolvers } from '../../schema/types.generated.ts';
import { moveLabels as move } from '../../taxonomy/edit-labels.ts';
import { mutateTaxonomy, toDraftEdit } from '../taxonomy-mutation.ts';

export const moveLabels: MutationResolvers['moveLabels'] = (_, { input }, context) =>
  mutateTaxonomy(context, async (services, tenantId) => {
    const { keys, parentKey = null, afterKey = null } = input;
    const { taxonomy } = await move(services, tenantId, { ...toDraftEdit(input), keys, parentKey, afterKey });
    return { taxonomy };
  });
