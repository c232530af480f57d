import { toId } from '../ids.ts';
import { toAddress } from '../inbound/hook-address.ts';
import { mappingOf } from '../inbound/mapping.ts';
import type { HmacHeader } from '../inbound/verify.ts';
import type { InboundHookResolvers } from '../schema/types.generated.ts';

export const InboundHook: InboundHookResolvers = {
  id: ({ id }) => toId('hook', id),
  url: (hook, _, { services: { config } }) =>
    `${config.publicUrl ?? config.basePath}/hooks/${toAddress(hook)}`,
  hmacHeader: ({ hmacHeader }) => hmacHeader as HmacHeader | null,
  mapping: (hook) => {
    const { metadata, ...others } = mappingOf(hook);
    return { ...others, metadata: [...metadata] };
  },
  taxonomy: async ({ taxonomyId }, _, { loaders }) => (await loaders.taxonomy.load(taxonomyId))!,
  isEnabled: ({ disabledAt }) => disabledAt === null,
};
