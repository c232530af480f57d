import type { MutationResolvers } from '../../schema/types.generated.ts';
import { rotateSecret } from '../../webhooks/rotate-secret.ts';
import { requireId } from '../require-id.ts';
import { mutateWebhooks } from '../webhook-mutation.ts';

export const rotateWebhookSecret: MutationResolvers['rotateWebhookSecret'] = (_, { input }, context) =>
  mutateWebhooks(context, async (services, tenantId) =>
    rotateSecret(services, tenantId, { ...input, id: requireId('endpoint', input.id, 'id') }),
  );
