import type { Services } from '../context.ts';

/** Bytes that one transaction writes: it has some seconds. */
const BYTES_AT_ONCE = 16_000_000;

/** Keeps these bytes; gives the ids of their blobs in order. Where there is no room for all of them, none is kept. */
export async function storeBlobs(
  { db, blobs }: Pick<Services, 'db' | 'blobs'>,
  tenantId: string,
  contents: readonly Uint8Array[],
): Promise<string[]> {
  const ids: string[] = [];
  let batch: Uint8Array[] = [];
  let size = 0;
  const flush = async () => {
    ids.push(...(await blobs.put(tenantId, batch)));
    batch = [];
    size = 0;
  };
  try {
    for (const bytes of contents) {
      if (batch.length > 0 && size + bytes.length > BYTES_AT_ONCE) await flush();
      batch.push(bytes);
      size += bytes.length;
    }
    if (batch.length > 0) await flush();
    return ids;
  } catch (error) {
    await db.withTenant(tenantId, (tx) => blobs.remove(tx, tenantId, ids));
    throw error;
  }
}
