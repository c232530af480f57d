import { toBody } from '../events/payload.ts';
import type { DeliveryAttemptResolvers } from '../schema/types.generated.ts';

export const DeliveryAttempt: DeliveryAttemptResolvers = {
  request: async ({ deliveryId, url, requestHeaders }, _, { loaders }) => {
    const delivery = (await loaders.delivery.load(deliveryId))!;
    const event = (await loaders.event.load(delivery.eventId))!;
    return { url, headers: requestHeaders as Record<string, unknown>, body: toBody(event, delivery) };
  },
  response: ({ responseStatus, responseHeaders, responseBody }) =>
    responseStatus === null
      ? null
      : {
          status: responseStatus,
          headers: responseHeaders as Record<string, unknown>,
          body: responseBody ?? '',
        },
};
