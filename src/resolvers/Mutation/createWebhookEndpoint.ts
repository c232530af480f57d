import type { MutationResolvers } from '../../schema/types.generated.ts';
import { createEndpoint } from '../../webhooks/endpoints.ts';
import { toEventType } from '../event-type.ts';
import { mutateWebhooks, toFilter } from '../webhook-mutation.ts';

export const createWebhookEndpoint: MutationResolvers['createWebhookEndpoint'] = (_, { input }, context) =>
  mutateWebhooks(context, async (services, tenantId) => {
    const eventTypes = input.eventTypes.map(toEventType);
    return createEndpoint(services, tenantId, { ...input, eventTypes, filter: toFilter(input.filter) });
  });
