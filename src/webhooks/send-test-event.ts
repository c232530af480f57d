import { AppError } from '../errors.ts';
import { recordDeliveries } from '../events/record-deliveries.ts';
import { toId } from '../ids.ts';
import type { Queue } from '../jobs/queue.ts';
import type { TenantDb } from '../tenancy/tenant-db.ts';
import { lockEndpoint } from './endpoints.ts';

/** Sends `webhook.test` to one endpoint, whatever it wants. Returns the delivery's id. Throws NOT_FOUND, INVALID_INPUT. */
export async function sendTestEvent(
  { db, queue }: { db: TenantDb; queue: Queue },
  tenantId: string,
  endpointId: string,
): Promise<string> {
  return db.withTenant(tenantId, async (tx) => {
    const endpoint = await lockEndpoint(tx, tenantId, endpointId, 'endpointId');
    if (endpoint.disabledAt) throw disabled();
    const data = { message: 'A test of this endpoint.', endpointId: toId('endpoint', endpointId) };
    const about = { taxonomyId: null };
    const event = { type: 'webhook.test' as const, data, subjectId: null, about };
    const [id] = await recordDeliveries({ tx, queue }, tenantId, [{ event, endpoints: [endpoint] }]);
    return id!;
  });
}

/** Nothing is sent to an endpoint that is disabled. */
export function disabled(): AppError {
  return new AppError('INVALID_INPUT', {
    message: 'The webhook endpoint is disabled: enable it with `updateWebhookEndpoint` first.',
    path: ['endpointId'],
  });
}
