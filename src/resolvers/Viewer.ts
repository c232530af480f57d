import type { ViewerResolvers } from '../schema/types.generated.ts';
import type { TenantDb } from '../tenancy/tenant-db.ts';
import type { Viewer as ViewerRow } from '../tenancy/viewer.ts';

export const Viewer: ViewerResolvers = {
  isOperator: ({ kind }) => kind === 'operator',
  scopes: (viewer) => (viewer.kind === 'key' ? [...viewer.scopes] : []),
  accessToken: (viewer) => {
    const token = viewer.kind === 'key' ? viewer.token : undefined;
    return token ? { ...token, origins: [...token.origins] } : null;
  },
  tenant: (viewer, _, { services: { db } }) => ownTenant(viewer, db),
  apiKey: (viewer, _, { services: { db } }) => {
    if (viewer.kind === 'operator') return null;
    const { tenantId, apiKeyId: id } = viewer;
    return db.withTenant(tenantId, (tx) =>
      tx.apiKey.findUnique({ where: { tenantId_id: { tenantId, id } } }),
    );
  },
};

/** The tenant of the credential; null for an operator, who has none. */
export async function ownTenant(viewer: ViewerRow, db: TenantDb) {
  if (viewer.kind === 'operator') return null;
  const { tenantId: id } = viewer;
  return db.withTenant(id, (tx) => tx.tenant.findUnique({ where: { id } }));
}
