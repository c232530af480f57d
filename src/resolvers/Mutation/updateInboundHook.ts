import { updateHook } from '../../inbound/hooks.ts';
import type { MutationResolvers } from '../../schema/types.generated.ts';
import { toHmacHeader, toMappedImages, toMapping } from '../hook-input.ts';
import { requireId } from '../require-id.ts';
import { mutateWebhooks } from '../webhook-mutation.ts';

export const updateInboundHook: MutationResolvers['updateInboundHook'] = (_, { input }, context) =>
  mutateWebhooks(context, async (services, tenantId) => {
    const { id, preset, mapping, hmacHeader, taxonomyId, ...others } = input;
    const { hook, mappedImages } = await updateHook(services, tenantId, {
      ...others,
      id: requireId('hook', id, 'id'),
      name: others.name ?? undefined,
      topK: others.topK ?? undefined,
      imagesPerMinute: others.imagesPerMinute ?? undefined,
      isEnabled: others.isEnabled ?? undefined,
      taxonomyId: taxonomyId ? requireId('taxonomy', taxonomyId, 'taxonomyId') : undefined,
      hmacHeader: toHmacHeader(hmacHeader),
      mapping: preset || mapping ? toMapping(preset ?? 'PLAIN', mapping) : undefined,
    });
    return { hook, mappedImages: toMappedImages(mappedImages) };
  });
