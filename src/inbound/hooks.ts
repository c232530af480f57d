import type { InboundHook, InboundHookScheme } from '../database/generated/client.ts';
import { AppError } from '../errors.ts';
import { newUuid } from '../ids.ts';
import { HOOK_LIMITS } from '../limits.ts';
import type { TenantDb, Tx } from '../tenancy/tenant-db.ts';
import type { Vault } from '../tenancy/vault.ts';
import { checkHmacHeader, checkHookInput, checkTaxonomy, toColumns, type HookInput } from './hook-input.ts';
import { chooseSecret, sealHookSecret } from './hook-secrets.ts';
import { mapSample, type MappedImage } from './map-message.ts';
import { mappingOf, type Mapping } from './mapping.ts';

export interface HookServices {
  db: TenantDb;
  vault: Vault;
}

type Given = 'name' | 'taxonomyId' | 'topK' | 'imagesPerMinute';
export type NewHook = HookInput & { [Field in Given]: NonNullable<HookInput[Field]> } & {
  scheme: InboundHookScheme;
  mapping: Mapping;
  /** The one that the sender has already; else one is made. */
  secret?: string | null | undefined;
};

/** A message that the mapping is tried on before anything is saved. */
interface Sampled {
  sample?: Record<string, unknown> | null | undefined;
}

/** A hook, and what its mapping finds in the sample; null without one. */
export interface SavedHook {
  hook: InboundHook;
  mappedImages: MappedImage[] | null;
}

/** A hook and its secret, this once. Throws INVALID_INPUT, NOT_FOUND. */
export async function createHook(
  { db, vault }: HookServices,
  tenantId: string,
  { scheme, secret: given, sample, ...input }: NewHook & Sampled,
): Promise<SavedHook & { secret: string }> {
  checkHookInput(input);
  checkHmacHeader(scheme, input.hmacHeader);
  const mappedImages = sample ? mapSample(input.mapping, sample) : null;
  const secret = chooseSecret(scheme, given);
  const id = newUuid();
  const { name, taxonomyId, topK, imagesPerMinute, mapping, ...columns } = toColumns(input);
  const hook = await db.withTenant(tenantId, async (tx) => {
    await checkTaxonomy(tx, tenantId, { taxonomyId: input.taxonomyId, version: input.version ?? null });
    await checkCount(tx, tenantId);
    return tx.inboundHook.create({
      data: {
        ...columns,
        name: name!,
        taxonomyId: taxonomyId!,
        topK: topK!,
        imagesPerMinute: imagesPerMinute!,
        mapping: mapping!,
        scheme,
        tenantId,
        id,
        secret: sealHookSecret(vault, { tenantId, id }, secret),
      },
    });
  });
  return { hook, secret, mappedImages };
}

/** Changes what is given; the scheme stays. Messages that were taken before are classified. Throws as `createHook`. */
export async function updateHook(
  { db }: Pick<HookServices, 'db'>,
  tenantId: string,
  { id, isEnabled, sample, ...input }: HookInput & Sampled & { id: string; isEnabled?: boolean | undefined },
): Promise<SavedHook> {
  checkHookInput(input);
  return db.withTenant(tenantId, async (tx) => {
    const found = await lockHook(tx, tenantId, id);
    if (input.hmacHeader) checkHmacHeader(found.scheme, input.hmacHeader);
    const { taxonomyId = found.taxonomyId } = input;
    const version = input.version === undefined ? found.version : input.version;
    if (input.taxonomyId !== undefined || input.version !== undefined) {
      await checkTaxonomy(tx, tenantId, { taxonomyId, version });
    }
    const mappedImages = sample ? mapSample(input.mapping ?? mappingOf(found), sample) : null;
    const hook = await tx.inboundHook.update({
      where: { tenantId_id: { tenantId, id } },
      data: {
        ...toColumns(input),
        updatedAt: new Date(),
        ...(isEnabled === true && { disabledAt: null }),
        ...(isEnabled === false && { disabledAt: found.disabledAt ?? new Date() }),
      },
    });
    return { hook, mappedImages };
  });
}

/** The hook, kept from every other change until the transaction ends; what is posted is not held up. Throws NOT_FOUND. */
export async function lockHook(tx: Tx, tenantId: string, id: string): Promise<InboundHook> {
  await tx.$queryRaw`select from inbound_hook where tenant_id = ${tenantId}::uuid and id = ${id}::uuid for no key update`;
  const hook = await tx.inboundHook.findUnique({ where: { tenantId_id: { tenantId, id } } });
  if (hook) return hook;
  throw new AppError('NOT_FOUND', { message: 'There is no inbound hook with this id.', path: ['id'] });
}

/** One more row than `limit`, where there is one, the newest first; the oldest first where `backward`. */
export function findHooks(
  tx: Tx,
  tenantId: string,
  { limit, cursor, backward }: { limit: number; cursor: string | null; backward: boolean },
): Promise<InboundHook[]> {
  return tx.inboundHook.findMany({
    where: { tenantId, ...(cursor !== null && { id: backward ? { gt: cursor } : { lt: cursor } }) },
    orderBy: { id: backward ? 'asc' : 'desc' },
    take: limit + 1,
  });
}

async function checkCount(tx: Tx, tenantId: string): Promise<void> {
  // One after the other, so that two do not both take the last place.
  await tx.$queryRaw`select pg_advisory_xact_lock(hashtextextended(${`inbound_hook ${tenantId}`}, 0))::text`;
  const count = await tx.inboundHook.count({ where: { tenantId } });
  if (count < HOOK_LIMITS.hooks) return;
  throw new AppError('INVALID_INPUT', {
    message: `A tenant has at most ${HOOK_LIMITS.hooks} inbound hooks; delete one that is not needed.`,
  });
}
