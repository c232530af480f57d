import { toId } from '../ids.ts';
import type { TenantResolvers } from '../schema/types.generated.ts';
import { readUsage } from '../tenancy/usage.ts';
import { requireScope, type Viewer } from '../tenancy/viewer.ts';

/** What a tenant may use and has used is for its admins and the operator. */
function requireInsight(viewer: Viewer): void {
  if (viewer.kind !== 'operator') requireScope(viewer, 'ADMIN');
}

export const Tenant: TenantResolvers = {
  id: ({ id }) => toId('tenant', id),
  quotas: ({ imagesPerMinute, imagesPerMonth }, _, { viewer }) => {
    requireInsight(viewer);
    return { imagesPerMinute, imagesPerMonth };
  },
  retention: (row, _, { viewer }) => {
    requireInsight(viewer);
    return {
      classificationsDays: row.classificationsKeptDays,
      imageEmbeddingsDays: row.imageEmbeddingsKeptDays,
      imagesDays: row.imagesKeptDays,
    };
  },
  usage: ({ id }, _, { viewer, services: { db } }) => {
    requireInsight(viewer);
    return readUsage(db, id);
  },
};
