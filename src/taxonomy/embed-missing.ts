import type { Inference } from '../inference/index.ts';
import type { TenantDb, Tx } from '../tenancy/tenant-db.ts';
import type { ModelTextCache } from './choose-text-cache.ts';
import { cacheTexts, findMissingTexts, LOOKUP_SIZE, type TextCache } from './text-cache.ts';

export interface EmbedServices {
  db: TenantDb;
  inference: Pick<Inference, 'models' | 'embedTexts' | 'countTokens'>;
}

/** Texts that are embedded between two reports of progress. */
const CHUNK_SIZE = 128;

/**
 * Embeds those of the distinct texts that the cache lacks, chunk by chunk; no transaction is open meanwhile.
 * `onCached` runs in the transaction that keeps a chunk, with how many texts have their embedding by then.
 */
export async function embedMissing(
  { db, inference }: EmbedServices,
  cache: ModelTextCache,
  texts: readonly string[],
  options: { signal: AbortSignal; onCached?: (tx: Tx, embeddedCount: number) => Promise<unknown> },
): Promise<void> {
  const { tenantId, modelId, paddedLength } = cache;
  const { signal, onCached } = options;
  for await (const { missing, embeddedCount } of missingChunks(db, cache, texts)) {
    signal.throwIfAborted();
    const embedded = await inference.embedTexts({ tenantId, modelId, paddedLength, texts: missing, signal });
    await db.withTenant(tenantId, async (tx) => {
      await cacheTexts(tx, cache, missing, embedded);
      await onCached?.(tx, embeddedCount);
    });
  }
}

/** Those of the texts that are not cached, chunk by chunk, with how many have their embedding once the chunk has. */
async function* missingChunks(db: TenantDb, cache: TextCache, texts: readonly string[]) {
  let embeddedCount = 0;
  for (let start = 0; start < texts.length; start += LOOKUP_SIZE) {
    const looked = texts.slice(start, start + LOOKUP_SIZE);
    const missing = await db.withTenant(cache.tenantId, (tx) => findMissingTexts(tx, cache, looked));
    embeddedCount += looked.length - missing.length;
    for (let next = 0; next < missing.length; next += CHUNK_SIZE) {
      const chunk = missing.slice(next, next + CHUNK_SIZE);
      embeddedCount += chunk.length;
      yield { missing: chunk, embeddedCount };
    }
  }
}
