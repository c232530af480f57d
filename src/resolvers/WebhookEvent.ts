import { toId } from '../ids.ts';
import type { WebhookEventResolvers } from '../schema/types.generated.ts';
import { toWebhookEventType } from './event-type.ts';

export const WebhookEvent: WebhookEventResolvers = {
  id: ({ id }) => toId('event', id),
  type: ({ type }) => toWebhookEventType(type),
  data: ({ data }) => data as Record<string, unknown>,
};
