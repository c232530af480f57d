import type { MutationResolvers } from '../../schema/types.generated.ts';
import { restoreTaxonomyVersion as restore } from '../../taxonomy/restore-version.ts';
import { mutateTaxonomy, toDraftEdit } from '../taxonomy-mutation.ts';

export const restoreTaxonomyVersion: MutationResolvers['restoreTaxonomyVersion'] = (_, { input }, context) =>
  mutateTaxonomy(context, async (services, tenantId) => {
    const { taxonomy } = await restore(services, tenantId, { ...toDraftEdit(input), number: input.number });
    return { taxonomy };
  });
