import type { Label } from '../database/generated/client.ts';
import type { TenantDb } from '../tenancy/tenant-db.ts';
import type { ClosePair } from './closeness/closest-pairs.ts';

export interface LabelPair {
  a: Label;
  b: Label;
  /** Cosine of their label embeddings. */
  similarity: number;
}

/** The pairs of labels that are most alike, the closest first: found when the version was embedded, none before. */
export async function readClosestLabels(
  db: TenantDb,
  { tenantId, versionId, language }: { tenantId: string; versionId: string; language: string },
  limit: number,
): Promise<LabelPair[]> {
  return db.withTenant(tenantId, async (tx) => {
    const matrix = await tx.taxonomyMatrix.findUnique({
      where: { tenantId_versionId_language: { tenantId, versionId, language } },
      select: { closest: true },
    });
    const pairs = ((matrix?.closest ?? []) as ClosePair[]).slice(0, limit);
    const positions = [...new Set(pairs.flatMap(([a, b]) => [a, b]))];
    const labels = await tx.label.findMany({ where: { tenantId, versionId, position: { in: positions } } });
    const byRow = new Map(labels.map((label) => [label.position, label]));
    return pairs.map(([a, b, similarity]) => ({ a: byRow.get(a)!, b: byRow.get(b)!, similarity }));
  });
}
