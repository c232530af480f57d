import { topics } from '../../changes/topics.ts';
import type { TaxonomyVersion } from '../../database/generated/client.ts';
import { AppError } from '../../errors.ts';
import type { SubscriptionResolvers } from '../../schema/types.generated.ts';
import { requireScope } from '../../tenancy/viewer.ts';
import { followRow } from '../follow-row.ts';
import { requireId } from '../require-id.ts';

export const taxonomyVersionProgress: SubscriptionResolvers['taxonomyVersionProgress'] = {
  subscribe: (_, args, context) => {
    const tenantId = requireScope(context.viewer, 'TAXONOMY_READ');
    const id = requireId('version', args.id);
    return followRow<TaxonomyVersion>(context, {
      tenantId,
      topic: topics.version(tenantId, id),
      async read(tx) {
        const version = await tx.taxonomyVersion.findUnique({ where: { tenantId_id: { tenantId, id } } });
        if (version && version.state !== 'DRAFT') return version;
        throw new AppError('NOT_FOUND', { message: 'There is no version with this id.' });
      },
      isSettled: ({ state }) => state !== 'EMBEDDING',
    });
  },
  resolve: (version: TaxonomyVersion) => version,
};
