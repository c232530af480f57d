import type { TenantDb, Tx } from '../tenancy/tenant-db.ts';
import { lockEndpoint } from './endpoints.ts';

/** Deliveries that one transaction deletes: short, so that nobody waits for it. */
const BATCH = 1_000;

/**
 * Deletes an endpoint with its deliveries; what is in flight ends unrecorded. An endpoint that ran for a month has very
 * many: it is disabled first, and a deletion that breaks off is asked for again. Throws NOT_FOUND.
 */
export async function deleteEndpoint(db: TenantDb, tenantId: string, id: string): Promise<void> {
  await db.withTenant(tenantId, async (tx) => {
    const { disabledAt } = await lockEndpoint(tx, tenantId, id);
    if (disabledAt) return;
    await tx.webhookEndpoint.update({
      where: { tenantId_id: { tenantId, id } },
      data: { disabledAt: new Date() },
    });
  });
  for (let count = BATCH; count === BATCH;) {
    count = await db.withTenant(tenantId, async (tx) => {
      await lockEndpoint(tx, tenantId, id); // or an attempt that is just written down would be overlooked
      return deleteDeliveries(tx, tenantId, id);
    });
  }
  await db.withTenant(tenantId, async (tx) => {
    // Waits for transactions that found it enabled, and have told it something since.
    await tx.$queryRaw`
      select from webhook_endpoint where tenant_id = ${tenantId}::uuid and id = ${id}::uuid for update`;
    while ((await deleteDeliveries(tx, tenantId, id)) === BATCH);
    await tx.webhookEndpoint.deleteMany({ where: { tenantId, id } });
  });
}

/** At most a batch, with the events that nobody else got. The order is that of an index: none sorts them all. */
async function deleteDeliveries(tx: Tx, tenantId: string, endpointId: string): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    with chosen as (
      select id, event_id from webhook_delivery
      where tenant_id = ${tenantId}::uuid and endpoint_id = ${endpointId}::uuid
      order by state, id limit ${BATCH} for update
    ), attempts as (
      delete from delivery_attempt a using chosen
      where a.tenant_id = ${tenantId}::uuid and a.delivery_id = chosen.id
    ), deliveries as (
      delete from webhook_delivery d using chosen where d.tenant_id = ${tenantId}::uuid and d.id = chosen.id
    ), events as (
      delete from webhook_event e using chosen
      where e.tenant_id = ${tenantId}::uuid and e.id = chosen.event_id and not exists (
        select from webhook_delivery d
        where d.tenant_id = e.tenant_id and d.event_id = e.id and d.endpoint_id <> ${endpointId}::uuid)
    )
    select count(*)::int as count from chosen`;
  return row!.count;
}
