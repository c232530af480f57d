import type { Services } from '../context.ts';
import { lockHook } from './hooks.ts';
import { blobIdsOf } from './stored-image.ts';

/** Deletes a hook with its messages, pending ones too; classifications stay. Throws NOT_FOUND. */
export async function deleteHook(
  { db, blobs }: Pick<Services, 'db' | 'blobs'>,
  tenantId: string,
  id: string,
): Promise<void> {
  await db.withTenant(tenantId, async (tx) => {
    await lockHook(tx, tenantId, id);
    const ofHook = { tenantId, hookId: id };
    const pending = await tx.inboundMessage.findMany({
      where: { ...ofHook, state: 'PENDING' },
      select: { images: true },
    });
    await blobs.remove(tx, tenantId, pending.flatMap(blobIdsOf));
    await tx.inboundMessage.deleteMany({ where: ofHook });
    await tx.rateBucket.deleteMany({ where: { tenantId, subjectId: id } });
    await tx.inboundHook.delete({ where: { tenantId_id: { tenantId, id } } });
  });
}
