import type { Classification, Prediction, Prisma } from '../database/generated/client.ts';
import type { Tx } from '../tenancy/tenant-db.ts';

/** All that is given must hold; ids are UUIDs. */
export interface ClassificationFilter {
  ids?: string[];
  taxonomyId?: string;
  versionId?: string;
  topLabelKey?: string;
  minScore?: number;
  maxScore?: number;
  createdFrom?: Date;
  createdBefore?: Date;
  reference?: string;
}

/** `limit` rows after `cursor` (the id of a classification), the newest first; the oldest first where `ascending`. */
export interface ClassificationWindow {
  limit: number;
  cursor: string | null;
  ascending: boolean;
}

/** One more row than `limit`, where there is one: it says that there is another page. */
export async function findClassifications(
  tx: Tx,
  tenantId: string,
  filter: ClassificationFilter,
  { limit, cursor, ascending }: ClassificationWindow,
): Promise<Classification[]> {
  return tx.classification.findMany({
    where: {
      ...toWhere(tenantId, filter),
      ...(cursor !== null && { AND: { id: ascending ? { gt: cursor } : { lt: cursor } } }),
    },
    orderBy: { id: ascending ? 'asc' : 'desc' },
    take: limit + 1,
  });
}

function toWhere(tenantId: string, filter: ClassificationFilter): Prisma.ClassificationWhereInput {
  const { topLabelKey, minScore, maxScore } = filter;
  const isOfTop = topLabelKey !== undefined || minScore !== undefined || maxScore !== undefined;
  return {
    tenantId,
    id: { in: filter.ids },
    taxonomyId: filter.taxonomyId,
    versionId: filter.versionId,
    reference: filter.reference,
    createdAt: { gte: filter.createdFrom, lt: filter.createdBefore },
    ...(isOfTop && {
      predictions: {
        some: {
          rank: 0,
          score: { gte: minScore, lte: maxScore },
          ...(topLabelKey !== undefined && { label: { key: topLabelKey } }),
        },
      },
    }),
  };
}

/** The predictions of these classifications, best first within each. */
export function readPredictions(
  tx: Tx,
  tenantId: string,
  classificationIds: readonly string[],
): Promise<Prediction[]> {
  return tx.prediction.findMany({
    where: { tenantId, classificationId: { in: [...classificationIds] } },
    orderBy: [{ classificationId: 'asc' }, { rank: 'asc' }],
  });
}
