import { rotateHookSecret } from '../../inbound/rotate-hook-secret.ts';
import type { MutationResolvers } from '../../schema/types.generated.ts';
import { requireId } from '../require-id.ts';
import { mutateWebhooks } from '../webhook-mutation.ts';

export const rotateInboundHookSecret: MutationResolvers['rotateInboundHookSecret'] = (
  _,
  { input },
  context,
) =>
  mutateWebhooks(context, async (services, tenantId) =>
    rotateHookSecret(services, tenantId, { ...input, id: requireId('hook', input.id, 'id') }),
  );
