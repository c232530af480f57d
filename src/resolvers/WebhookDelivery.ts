import { toId } from '../ids.ts';
import type { WebhookDeliveryResolvers } from '../schema/types.generated.ts';

export const WebhookDelivery: WebhookDeliveryResolvers = {
  id: ({ id }) => toId('delivery', id),
  endpoint: async ({ endpointId }, _, { loaders }) => (await loaders.endpoint.load(endpointId))!,
  event: async ({ eventId }, _, { loaders }) => (await loaders.event.load(eventId))!,
  attempts: ({ id }, _, { loaders }) => loaders.attempts.load(id),
};
