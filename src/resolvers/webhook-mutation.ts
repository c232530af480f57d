import type { Context, Services } from '../context.ts';
import type { WebhookFilterInput } from '../schema/types.generated.ts';
import { requireScope } from '../tenancy/viewer.ts';
import type { EndpointFilter } from '../webhooks/endpoint-input.ts';
import { requireId } from './require-id.ts';
import { withUserErrors } from './user-errors.ts';

/** Runs a mutation of webhooks: scope ADMIN, user errors as data, and fresh loaders for what the payload selects. */
export function mutateWebhooks<Payload extends object>(
  { viewer, services, loaders }: Context,
  mutate: (services: Services, tenantId: string) => Promise<Payload>,
) {
  return withUserErrors(async () => {
    const payload = await mutate(services, requireScope(viewer, 'ADMIN'));
    loaders.clearAll();
    return payload;
  });
}

/** A filter by UUIDs; null and undefined stay what they are. Throws NOT_FOUND. */
export function toFilter(filter: WebhookFilterInput | null | undefined): EndpointFilter | null | undefined {
  if (!filter) return filter;
  const { taxonomyId, ...others } = filter;
  return { ...others, taxonomyId: taxonomyId && requireId('taxonomy', taxonomyId, 'filter', 'taxonomyId') };
}
