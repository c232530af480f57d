import type { MutationResolvers } from '../../schema/types.generated.ts';
import { updateEndpoint } from '../../webhooks/endpoints.ts';
import { toEventType } from '../event-type.ts';
import { requireId } from '../require-id.ts';
import { mutateWebhooks, toFilter } from '../webhook-mutation.ts';

export const updateWebhookEndpoint: MutationResolvers['updateWebhookEndpoint'] = (_, { input }, context) =>
  mutateWebhooks(context, async (services, tenantId) => {
    const { id, url, eventTypes, filter, payloadVersion, isEnabled, ...others } = input;
    const endpoint = await updateEndpoint(services, tenantId, {
      ...others,
      id: requireId('endpoint', id, 'id'),
      url: url ?? undefined,
      eventTypes: eventTypes?.map(toEventType),
      filter: toFilter(filter),
      payloadVersion: payloadVersion ?? undefined,
      isEnabled: isEnabled ?? undefined,
    });
    return { endpoint };
  });
