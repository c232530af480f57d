import type { Logger } from 'pino';
import { Prisma } from '../database/generated/client.ts';
import { AppError } from '../errors.ts';
import type { DeliveryJob } from '../events/delivery-queues.ts';
import { toBody } from '../events/payload.ts';
import { toId } from '../ids.ts';
import type { Job, Queue } from '../jobs/queue.ts';
import type { Outbound } from '../outbound/outbound.ts';
import type { TenantDb } from '../tenancy/tenant-db.ts';
import type { Vault } from '../tenancy/vault.ts';
import { failPending, takeDue, type DueDelivery } from './due-delivery.ts';
import type { PayloadSelections } from './payload-selections.ts';
import type { Clock } from './schedule.ts';
import { sendAttempt, type AttemptRequest } from './send-attempt.ts';
import { settleAttempt } from './settle.ts';
import { signMessage } from './sign.ts';
import { openSecrets } from './signing-secrets.ts';

export interface DeliveryServices {
  db: TenantDb;
  queue: Queue;
  outbound: Outbound;
  vault: Vault;
  payloads: PayloadSelections;
  clock: Clock;
  metrics: { countAttempt(attempt: { wasTaken: boolean; durationMs: number }): void };
  logger: Pick<Logger, 'info' | 'warn' | 'error'>;
}

/**
 * Makes the attempt that a job is about. The request goes out while no transaction is open; what became of it is
 * written in one. A process that dies between the two leaves the job to another one, which sends the same message
 * under the same webhook-id again: at least once.
 */
export async function deliver(
  services: DeliveryServices,
  job: Job<DeliveryJob>,
  { isSlowQueue }: { isSlowQueue: boolean },
): Promise<void> {
  const { tenantId, deliveryId } = job.data;
  try {
    const due = await takeDue(services, job, { isSlowQueue, now: services.clock.now() });
    if (due) await attempt(services, job, due);
  } catch (error) {
    // The queue tries again without a word; a process that stops is none to tell of.
    if (!job.signal.aborted)
      services.logger.error({ tenantId, deliveryId, err: error }, 'webhook attempt not made');
    throw error;
  }
}

async function attempt(services: DeliveryServices, job: Job<DeliveryJob>, due: DueDelivery): Promise<void> {
  const { logger, metrics } = services;
  const selected = await selectData(services, due).catch((error: unknown) => {
    if (error instanceof AppError && error.code === 'INVALID_INPUT') return error;
    throw error;
  });
  if (selected instanceof AppError) return giveUp(services, job, due, selected.message);
  const request = toRequest(services, { ...due, selected });
  const outcome = await sendAttempt(services, request, job.signal);
  metrics.countAttempt({ wasTaken: outcome.error === null, durationMs: outcome.durationMs });
  const notice = await settleAttempt(services, { job, request, outcome });
  const { tenantId, endpointId, id: deliveryId } = due;
  const { response, error, durationMs } = outcome;
  logger.info(
    { tenantId, endpointId, deliveryId, status: response?.status, error, durationMs: Math.round(durationMs) },
    'webhook attempt',
  );
  if (notice !== null) logger.warn({ tenantId, endpointId, notice }, 'webhook endpoint disabled');
}

/** Ends a delivery that no further try could send. */
function giveUp(
  { db, clock }: DeliveryServices,
  job: Job<DeliveryJob>,
  due: DueDelivery,
  failure: string,
): Promise<void> {
  return db.withTenant(due.tenantId, async (tx) => {
    await job.complete(tx);
    await failPending(tx, due, { failure, now: clock.now() });
  });
}

/**
 * What the endpoint has chosen, executed before the first attempt and kept: every attempt sends the same bytes.
 * Throws INVALID_INPUT where the selection fits the schema no more.
 */
async function selectData(
  { db, payloads }: DeliveryServices,
  { tenantId, id, selected, attemptCount, endpoint, event }: DueDelivery,
): Promise<Prisma.JsonValue> {
  if (selected !== null || attemptCount > 0) return selected;
  if (endpoint.selection === null || event.subjectId === null) return null;
  const chosen = await payloads.select(endpoint.selection, { tenantId, subjectId: event.subjectId });
  if (chosen === null) return null;
  return db.withTenant(tenantId, async (tx) => {
    await tx.webhookDelivery.updateMany({
      where: { tenantId, id, selected: { equals: Prisma.AnyNull } },
      data: { selected: chosen as Prisma.InputJsonObject },
    });
    // As the database keeps it: it orders keys in a way of its own.
    const kept = await tx.webhookDelivery.findUnique({ where: { tenantId_id: { tenantId, id } } });
    return kept?.selected ?? null;
  });
}

function toRequest(
  { vault, clock }: Pick<DeliveryServices, 'vault' | 'clock'>,
  { endpoint, event, ...delivery }: DueDelivery,
): AttemptRequest {
  const sentAt = clock.now();
  const body = toBody(event, delivery);
  const message = { id: toId('event', event.id), sentAt, body };
  return {
    url: endpoint.url,
    headers: {
      'content-type': 'application/json',
      ...signMessage(message, openSecrets(vault, endpoint, sentAt)),
    },
    body,
  };
}
