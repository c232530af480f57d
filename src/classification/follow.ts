import type { Classification } from '../database/generated/client.ts';
import { AppError } from '../errors.ts';
import type { Tx } from '../tenancy/tenant-db.ts';

/** The classifications of a taxonomy, in the order of their commits. */
export interface FollowedTaxonomy {
  tenantId: string;
  taxonomyId: string;
}

export type Placed = Classification & { position: bigint };

/**
 * The position behind which a follower begins: that of the classification it has seen last, or the newest of all.
 * Throws NOT_FOUND where the taxonomy or the classification is not there.
 */
export async function findPosition(
  tx: Tx,
  { tenantId, taxonomyId }: FollowedTaxonomy,
  after: string | null,
): Promise<bigint> {
  const taxonomy = await tx.taxonomy.findUnique({ where: { tenantId_id: { tenantId, id: taxonomyId } } });
  if (!taxonomy) throw new AppError('NOT_FOUND', { message: 'There is no taxonomy with this id.' });
  if (after === null) {
    const newest = await tx.classificationLog.findFirst({
      where: { tenantId, taxonomyId },
      orderBy: { position: 'desc' },
    });
    return newest?.position ?? 0n;
  }
  const seen = await tx.classification.findUnique({
    where: { tenantId_id: { tenantId, id: after }, taxonomyId },
    select: { log: { select: { position: true } } },
  });
  if (!seen) {
    throw new AppError('NOT_FOUND', {
      message:
        'The classification that was seen last is not one of this taxonomy, or has been deleted: read `classifications`, and subscribe without it.',
    });
  }
  return seen.log?.position ?? 0n; // older than the log, as is all that came before it
}

/** At most `limit` classifications behind a position, the first of them first. */
export async function readBehind(
  tx: Tx,
  { tenantId, taxonomyId }: FollowedTaxonomy,
  position: bigint,
  limit: number,
): Promise<Placed[]> {
  const entries = await tx.classificationLog.findMany({
    where: { tenantId, taxonomyId, position: { gt: position } },
    orderBy: { position: 'asc' },
    take: limit,
    include: { classification: true },
  });
  return entries.map((entry) => ({ ...entry.classification, position: entry.position }));
}
