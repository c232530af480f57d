import { deleteHook } from '../../inbound/delete-hook.ts';
import type { MutationResolvers } from '../../schema/types.generated.ts';
import { requireId } from '../require-id.ts';
import { mutateWebhooks } from '../webhook-mutation.ts';

export const deleteInboundHook: MutationResolvers['deleteInboundHook'] = (_, { input }, context) =>
  mutateWebhooks(context, async (services, tenantId) => {
    await deleteHook(services, tenantId, requireId('hook', input.id, 'id'));
    return { deletedId: input.id };
  });
