import { toId } from '../ids.ts';
import { imagesOf } from '../inbound/stored-image.ts';
import type { ClassificationError, InboundMessageResolvers } from '../schema/types.generated.ts';

export const InboundMessage: InboundMessageResolvers = {
  id: ({ id }) => toId('message', id),
  hook: async ({ hookId }, _, { loaders }) => (await loaders.hook.load(hookId))!,
  classificationIds: (message) => imagesOf(message).map(({ id }) => toId('classification', id)),
  failure: ({ failure }) => failure as ClassificationError | null,
};
