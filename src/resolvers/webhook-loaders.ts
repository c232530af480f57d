import type { TenantDb } from '../tenancy/tenant-db.ts';
import { readAttempts } from '../webhooks/find-deliveries.ts';
import { batchLoaders } from './batch-loaders.ts';

/** Loaders of webhook endpoints and what was sent to them; keys are UUIDs. */
export function createWebhookLoaders(db: TenantDb, tenantId: string | null) {
  const { one, many } = batchLoaders(db, tenantId);
  const byIds = (tenantId: string, ids: readonly string[]) => ({ where: { tenantId, id: { in: [...ids] } } });
  return {
    endpoint: one(
      (tx, tenantId, ids) => tx.webhookEndpoint.findMany(byIds(tenantId, ids)),
      ({ id }) => id,
    ),
    event: one(
      (tx, tenantId, ids) => tx.webhookEvent.findMany(byIds(tenantId, ids)),
      ({ id }) => id,
    ),
    delivery: one(
      (tx, tenantId, ids) => tx.webhookDelivery.findMany(byIds(tenantId, ids)),
      ({ id }) => id,
    ),
    /** By delivery: its attempts, the first one first. */
    attempts: many(readAttempts, ({ deliveryId }) => deliveryId),
  };
}
