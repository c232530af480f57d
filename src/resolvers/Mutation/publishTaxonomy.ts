import type { MutationResolvers } from '../../schema/types.generated.ts';
import { publishTaxonomy as publish } from '../../taxonomy/publish.ts';
import { mutateTaxonomy, toDraftEdit } from '../taxonomy-mutation.ts';

export const publishTaxonomy: MutationResolvers['publishTaxonomy'] = (_, { input }, context) =>
  mutateTaxonomy(
    context,
    async (services, tenantId) => {
      const { note, waitMs, idempotencyKey } = input;
      const request = { ...toDraftEdit(input), note, waitMs, idempotencyKey };
      const published = await publish(services, tenantId, request, context.signal);
      return { ...published, taxonomy: await context.loaders.taxonomy.load(request.taxonomyId) };
    },
    { warnings: [] },
  );
