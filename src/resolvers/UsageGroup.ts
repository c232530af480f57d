import type { UsageGroupResolvers } from '../schema/types.generated.ts';

export const UsageGroup: UsageGroupResolvers = {
  apiKey: ({ apiKeyId }, _, { loaders }) => (apiKeyId === null ? null : loaders.apiKey.load(apiKeyId)),
  inboundHook: ({ apiKeyId }, _, { loaders }) => (apiKeyId === null ? null : loaders.hook.load(apiKeyId)),
};
