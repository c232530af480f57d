import type { WebhookEndpoint } from '../database/generated/client.ts';
import { AppError } from '../errors.ts';
import type { EventType } from '../events/event-types.ts';
import { newUuid } from '../ids.ts';
import { WEBHOOK_LIMITS } from '../limits.ts';
import type { Outbound } from '../outbound/outbound.ts';
import type { TenantDb, Tx } from '../tenancy/tenant-db.ts';
import type { Vault } from '../tenancy/vault.ts';
import {
  checkEndpointInput,
  checkSelection,
  checkTaxonomy,
  checkUrl,
  toColumns,
  type EndpointInput,
} from './endpoint-input.ts';
import type { PayloadSelections } from './payload-selections.ts';
import { makeSigningSecret } from './sign.ts';
import { sealSecret } from './signing-secrets.ts';

export interface EndpointServices {
  db: TenantDb;
  outbound: Outbound;
  vault: Vault;
  payloads: PayloadSelections;
}

type NewEndpoint = EndpointInput & { url: string; eventTypes: readonly EventType[]; payloadVersion: number };

/** An endpoint and its signing secret, this once. Throws URL_NOT_ALLOWED, INVALID_INPUT, NOT_FOUND. */
export async function createEndpoint(
  { db, outbound, vault, payloads }: EndpointServices,
  tenantId: string,
  input: NewEndpoint,
): Promise<{ endpoint: WebhookEndpoint; secret: string }> {
  checkEndpointInput(input);
  checkSelection(payloads, { selection: input.selection ?? null, eventTypes: input.eventTypes });
  const url = await checkUrl(outbound, input.url);
  const { eventTypes = [], payloadVersion, ...columns } = toColumns(input);
  const id = newUuid();
  const secret = makeSigningSecret();
  const endpoint = await db.withTenant(tenantId, async (tx) => {
    await checkTaxonomy(tx, tenantId, input);
    await checkCount(tx, tenantId);
    return tx.webhookEndpoint.create({
      data: {
        ...columns,
        tenantId,
        id,
        url,
        eventTypes,
        payloadVersion: payloadVersion!,
        secret: sealSecret(vault, { tenantId, id }, secret),
      },
    });
  });
  return { endpoint, secret };
}

/**
 * Changes what is given. Enabling forgets past failures; disabling keeps what is pending from being sent.
 * Throws as `createEndpoint`.
 */
export async function updateEndpoint(
  { db, outbound, payloads }: EndpointServices,
  tenantId: string,
  { id, isEnabled, ...input }: EndpointInput & { id: string; isEnabled?: boolean | undefined },
): Promise<WebhookEndpoint> {
  checkEndpointInput(input);
  const url = input.url === undefined ? undefined : await checkUrl(outbound, input.url);
  return db.withTenant(tenantId, async (tx) => {
    const found = await lockEndpoint(tx, tenantId, id);
    await checkTaxonomy(tx, tenantId, input);
    const columns = toColumns(input);
    checkSelection(payloads, { ...found, ...definedOf(columns) });
    const isDisabled = found.disabledAt !== null;
    return tx.webhookEndpoint.update({
      where: { tenantId_id: { tenantId, id } },
      data: {
        ...columns,
        url,
        updatedAt: new Date(),
        ...(isEnabled === true &&
          isDisabled && { disabledAt: null, notice: null, failingSince: null, isSlow: false }),
        ...(isEnabled === false && !isDisabled && { disabledAt: new Date() }),
      },
    });
  });
}

/**
 * The endpoint, kept from every other change until the transaction ends; what is told to it is not held up.
 * Throws NOT_FOUND at `field` of the input.
 */
export async function lockEndpoint(
  tx: Tx,
  tenantId: string,
  id: string,
  field: 'id' | 'endpointId' = 'id',
): Promise<WebhookEndpoint> {
  await tx.$queryRaw`select from webhook_endpoint where tenant_id = ${tenantId}::uuid and id = ${id}::uuid for no key update`;
  const endpoint = await tx.webhookEndpoint.findUnique({ where: { tenantId_id: { tenantId, id } } });
  if (endpoint) return endpoint;
  throw new AppError('NOT_FOUND', { message: 'There is no webhook endpoint with this id.', path: [field] });
}

async function checkCount(tx: Tx, tenantId: string): Promise<void> {
  // One after the other, so that two do not both take the last place.
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`webhook_endpoint ${tenantId}`}, 0))::text`;
  const count = await tx.webhookEndpoint.count({ where: { tenantId } });
  if (count < WEBHOOK_LIMITS.endpoints) return;
  throw new AppError('INVALID_INPUT', {
    message: `A tenant has at most ${WEBHOOK_LIMITS.endpoints} webhook endpoints; delete one that is not needed.`,
  });
}

function definedOf<T extends object>(columns: T): Partial<T> {
  return Object.fromEntries(Object.entries(columns).filter(([, value]) => value !== undefined)) as Partial<T>;
}
