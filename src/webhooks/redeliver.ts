import { Prisma } from '../database/generated/client.ts';
import { AppError } from '../errors.ts';
import { laneOf, SLOW_DELIVERY_QUEUE, DELIVERY_QUEUE, type DeliveryJob } from '../events/delivery-queues.ts';
import type { Queue } from '../jobs/queue.ts';
import { WEBHOOK_LIMITS } from '../limits.ts';
import type { TenantDb, Tx } from '../tenancy/tenant-db.ts';
import { lockEndpoint } from './endpoints.ts';
import { disabled } from './send-test-event.ts';

/** Either some deliveries, or those of an endpoint. Ids are UUIDs. */
export interface RedeliverInput {
  deliveryIds?: readonly string[] | null | undefined;
  endpointId?: string | null | undefined;
  /** Of events since this time. */
  since?: Date | null | undefined;
  onlyFailed: boolean;
}

/**
 * Begins deliveries anew, under the webhook-id that they had: at once, and then by the whole schedule. Returns how
 * many. Throws INVALID_INPUT, NOT_FOUND.
 */
export async function redeliver(
  { db, queue }: { db: TenantDb; queue: Queue },
  tenantId: string,
  input: RedeliverInput,
): Promise<number> {
  const { deliveryIds, endpointId } = input;
  if (!deliveryIds === !endpointId) throw invalid("Name either 'deliveryIds' or an 'endpointId'.", []);
  return db.withTenant(tenantId, async (tx) => {
    if (endpointId && (await lockEndpoint(tx, tenantId, endpointId, 'endpointId')).disabledAt)
      throw disabled();
    const begun = await beginAnew(tx, tenantId, input);
    if (begun.length > WEBHOOK_LIMITS.redeliveries) throw tooMany();
    for (const [name, isSlow] of [
      [DELIVERY_QUEUE, false],
      [SLOW_DELIVERY_QUEUE, true],
    ] as const) {
      const jobs = begun
        .filter((one) => one.isSlow === isSlow)
        .map(({ id, series, endpointId }): DeliveryJob => ({
          tenantId,
          lane: laneOf(endpointId, { isSlow }),
          deliveryId: id,
          series,
          tries: 0,
        }));
      if (jobs.length > 0) await queue.insert(tx, name, jobs);
    }
    return begun.length;
  });
}

interface Begun {
  id: string;
  series: number;
  endpointId: string;
  isSlow: boolean;
}

/** A new series: jobs of the one before it do nothing any more. Rows are locked in the order of their ids. */
function beginAnew(tx: Tx, tenantId: string, input: RedeliverInput): Promise<Begun[]> {
  const { deliveryIds, endpointId, since, onlyFailed } = input;
  const conditions = [
    deliveryIds
      ? Prisma.sql`d.id = any(${[...deliveryIds]}::uuid[])`
      : Prisma.sql`d.endpoint_id = ${endpointId}::uuid`,
    since ? Prisma.sql`d.created_at >= ${since}` : Prisma.sql`true`,
    onlyFailed ? Prisma.sql`d.state = 'FAILED'` : Prisma.sql`true`,
  ];
  return tx.$queryRaw<Begun[]>`
    with chosen as (
      select d.id, e.is_slow
      from webhook_delivery d join webhook_endpoint e on e.tenant_id = d.tenant_id and e.id = d.endpoint_id
      where d.tenant_id = ${tenantId}::uuid and e.disabled_at is null and ${Prisma.join(conditions, ' and ')}
      order by d.id limit ${WEBHOOK_LIMITS.redeliveries + 1} for update of d
    )
    update webhook_delivery d
    set state = 'PENDING', series = d.series + 1, tries = 0, failure = null, finished_at = null, next_attempt_at = now()
    from chosen where d.tenant_id = ${tenantId}::uuid and d.id = chosen.id
    returning d.id, d.series, d.endpoint_id as "endpointId", chosen.is_slow as "isSlow"`;
}

function tooMany(): AppError {
  const message = `At most ${WEBHOOK_LIMITS.redeliveries} deliveries are begun anew at once: name a later 'since', or 'onlyFailed'.`;
  return invalid(message, ['since']);
}

function invalid(message: string, path: string[]): AppError {
  return new AppError('INVALID_INPUT', { message, path });
}
