import { createHook } from '../../inbound/hooks.ts';
import type { MutationResolvers } from '../../schema/types.generated.ts';
import { toHmacHeader, toMappedImages, toMapping } from '../hook-input.ts';
import { requireId } from '../require-id.ts';
import { mutateWebhooks } from '../webhook-mutation.ts';

export const createInboundHook: MutationResolvers['createInboundHook'] = (_, { input }, context) =>
  mutateWebhooks(context, async (services, tenantId) => {
    const { preset, ...given } = input;
    const { mappedImages, ...made } = await createHook(services, tenantId, {
      ...given,
      taxonomyId: requireId('taxonomy', input.taxonomyId, 'taxonomyId'),
      hmacHeader: toHmacHeader(input.hmacHeader),
      mapping: toMapping(preset, input.mapping),
    });
    return { ...made, mappedImages: toMappedImages(mappedImages) };
  });
