import type { MutationResolvers } from '../../schema/types.generated.ts';
import { sendTestEvent as send } from '../../webhooks/send-test-event.ts';
import { requireId } from '../require-id.ts';
import { mutateWebhooks } from '../webhook-mutation.ts';

export const sendTestEvent: MutationResolvers['sendTestEvent'] = (_, { input }, context) =>
  mutateWebhooks(context, async (services, tenantId) => {
    const endpointId = requireId('endpoint', input.endpointId, 'endpointId');
    const id = await send(services, tenantId, endpointId);
    return { delivery: await context.loaders.delivery.load(id) };
  });
