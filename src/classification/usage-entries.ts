import type { UsageEntry } from '../metering/ledger.ts';
import type { Caller } from './classify.ts';
import type { ImageResult } from './results.ts';

/**
 * What the ledger gets: an entry a model, named after the first of its classifications, which nothing else ever is;
 * with `idOf` an entry an image and model, under an id that is the same however often the image is tried.
 */
export function toUsage(
  payer: Pick<Caller, 'tenantId' | 'apiKeyId'>,
  results: readonly ImageResult[],
  idOf?: (index: number, modelId: string) => string,
): UsageEntry[] {
  const entries = new Map<string, UsageEntry>();
  for (const [index, { outcomes }] of results.entries()) {
    const counted = new Set<UsageEntry>();
    for (const outcome of outcomes) {
      if ('error' in outcome) continue;
      const { modelId, id: classificationId } = outcome.classification;
      const id = idOf?.(index, modelId) ?? classificationId;
      const key = idOf ? id : modelId;
      const entry = entries.get(key) ?? { ...payer, id, modelId, images: 0, classifications: 0 };
      entries.set(key, entry);
      entry.classifications += 1;
      if (!counted.has(entry)) entry.images += 1;
      counted.add(entry);
    }
  }
  return [...entries.values()];
}
