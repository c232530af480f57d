import { readPredictions } from '../classification/find.ts';
import type { TenantDb } from '../tenancy/tenant-db.ts';
import { batchLoaders } from './batch-loaders.ts';

/** Loaders of classifications and their predictions; keys are UUIDs. */
export function createClassificationLoaders(db: TenantDb, tenantId: string | null) {
  const { one, many } = batchLoaders(db, tenantId);
  return {
    classification: one(
      (tx, tenantId, ids) => tx.classification.findMany({ where: { tenantId, id: { in: [...ids] } } }),
      ({ id }) => id,
    ),
    /** By `keptImageId`: whether the image is kept. */
    keptImage: one(
      (tx, tenantId, ids) =>
        tx.blob.findMany({
          where: { tenantId, id: { in: [...ids] }, kind: 'IMAGE', expiresAt: { gt: new Date() } },
          select: { id: true },
        }),
      ({ id }) => id,
    ),
    /** By classification: its predictions, best first. */
    predictions: many(readPredictions, ({ classificationId }) => classificationId),
  };
}
