import { toId } from '../ids.ts';
import type { WebhookEndpointResolvers } from '../schema/types.generated.ts';
import { toWebhookEventType } from './event-type.ts';

export const WebhookEndpoint: WebhookEndpointResolvers = {
  id: ({ id }) => toId('endpoint', id),
  eventTypes: ({ eventTypes }) => eventTypes.map(toWebhookEventType),
  filter: ({ taxonomyId, labelKey, minScore }) => {
    if (taxonomyId === null && labelKey === null && minScore === null) return null;
    return { taxonomyId: taxonomyId && toId('taxonomy', taxonomyId), labelKey, minScore };
  },
  isEnabled: ({ disabledAt }) => disabledAt === null,
};
