import type { Services } from '../context.ts';
import type { Tx } from '../tenancy/tenant-db.ts';
import { lockHook } from './hooks.ts';

/** Messages that one transaction deletes: short, so that nobody waits for it. */
const BATCH = 1_000;

/**
 * Deletes a hook with its messages, pending ones too; classifications stay. A hook that ran for a month has very many:
 * it is disabled first, and a deletion that breaks off is asked for again. Throws NOT_FOUND.
 */
export async function deleteHook({ db }: Pick<Services, 'db'>, tenantId: string, id: string): Promise<void> {
  await db.withTenant(tenantId, async (tx) => {
    const { disabledAt } = await lockHook(tx, tenantId, id);
    if (disabledAt) return;
    await tx.inboundHook.update({
      where: { tenantId_id: { tenantId, id } },
      data: { disabledAt: new Date() },
    });
  });
  while ((await db.withTenant(tenantId, (tx) => deleteMessages(tx, tenantId, id))) === BATCH);
  await db.withTenant(tenantId, async (tx) => {
    // Waits for posts that found it enabled, and are being stored since.
    await tx.$queryRaw`
      select from inbound_hook where tenant_id = ${tenantId}::uuid and id = ${id}::uuid for update`;
    while ((await deleteMessages(tx, tenantId, id)) === BATCH);
    await tx.rateBucket.deleteMany({ where: { tenantId, subjectId: id } });
    await tx.inboundHook.deleteMany({ where: { tenantId, id } });
  });
}

/** At most a batch, with the bytes that wait to be classified; each message before its bytes, as whoever ends it does. */
async function deleteMessages(tx: Tx, tenantId: string, hookId: string): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    with chosen as materialized (
      select id, state, images from inbound_message
      where tenant_id = ${tenantId}::uuid and hook_id = ${hookId}::uuid
      limit ${BATCH} for update
    ), messages as (
      delete from inbound_message m using chosen where m.tenant_id = ${tenantId}::uuid and m.id = chosen.id
    ), bytes as (
      delete from blob b using chosen, jsonb_array_elements(chosen.images) as image
      where b.tenant_id = ${tenantId}::uuid and chosen.state = 'PENDING'
        and b.id = (image #>> '{content,blobId}')::uuid
    )
    select count(*)::int as count from chosen`;
  return row!.count;
}
