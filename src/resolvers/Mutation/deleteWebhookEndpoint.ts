import type { MutationResolvers } from '../../schema/types.generated.ts';
import { deleteEndpoint } from '../../webhooks/delete-endpoint.ts';
import { requireId } from '../require-id.ts';
import { mutateWebhooks } from '../webhook-mutation.ts';

export const deleteWebhookEndpoint: MutationResolvers['deleteWebhookEndpoint'] = (_, { input }, context) =>
  mutateWebhooks(context, async ({ db }, tenantId) => {
    await deleteEndpoint(db, tenantId, requireId('endpoint', input.id, 'id'));
    return { deletedId: input.id };
  });
