import { toId } from '../ids.ts';
import { findMessages } from '../inbound/find-messages.ts';
import { toAddress } from '../inbound/hook-address.ts';
import { mappingOf } from '../inbound/mapping.ts';
import type { HmacHeader } from '../inbound/verify.ts';
import type { InboundHookResolvers } from '../schema/types.generated.ts';
import { toConnection } from './connection.ts';
import { toIdWindow } from './id-page.ts';

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
  messages: async (hook, args, { services }) => {
    const { page, window } = toIdWindow(args, 'message');
    const state = args.filter?.state ?? undefined;
    const rows = await services.db.withTenant(hook.tenantId, (tx) => findMessages(tx, hook, state, window));
    return toConnection(rows, page, ({ id }) => toId('message', id));
  },
  isEnabled: ({ disabledAt }) => disabledAt === null,
};
