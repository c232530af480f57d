import type { Tx } from '../tenancy/tenant-db.ts';

/** A piece of work that is metered. */
export interface UsageEntry {
  /** UUID: the same work has the same id, however often it is tried. */
  id: string;
  tenantId: string;
  apiKeyId: string;
  modelId: string;
  /** Images with at least one classification by this model. */
  images: number;
  classifications: number;
}

/**
 * Notes work in the ledger, in the transaction of the work itself: each piece once, and exactly as often as it
 * happened. Nobody waits for another's row here, unlike at a counter.
 */
export async function recordUsage(tx: Tx, entries: readonly UsageEntry[], occurredAt: Date): Promise<void> {
  if (entries.length === 0) return;
  await tx.usageEvent.createMany({
    data: entries.map((entry) => ({ ...entry, occurredAt })),
    skipDuplicates: true,
  });
}
