import type { MutationResolvers } from '../../schema/types.generated.ts';
import { redeliver as beginAnew } from '../../webhooks/redeliver.ts';
import { requireId } from '../require-id.ts';
import { mutateWebhooks } from '../webhook-mutation.ts';

export const redeliver: MutationResolvers['redeliver'] = (_, { input }, context) =>
  mutateWebhooks(context, async (services, tenantId) => {
    const { deliveryIds, endpointId } = input;
    const redeliveredCount = await beginAnew(services, tenantId, {
      ...input,
      deliveryIds: deliveryIds?.map((id, index) => requireId('delivery', id, 'deliveryIds', String(index))),
      endpointId: endpointId && requireId('endpoint', endpointId, 'endpointId'),
    });
    return { redeliveredCount };
  });
