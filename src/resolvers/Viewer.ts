import type { ViewerResolvers } from '../schema/types.generated.ts';

export const Viewer: ViewerResolvers = {
  isOperator: ({ kind }) => kind === 'operator',
  scopes: (viewer) => (viewer.kind === 'key' ? [...viewer.scopes] : []),
  accessToken: (viewer) => {
    const token = viewer.kind === 'key' ? viewer.token : undefined;
    return token ? { ...token, origins: [...token.origins] } : null;
  },
  tenant: (viewer, _, { services: { db } }) => {
    if (viewer.kind === 'operator') return null;
    const { tenantId: id } = viewer;
    return db.withTenant(id, (tx) => tx.tenant.findUnique({ where: { id } }));
  },
  apiKey: (viewer, _, { services: { db } }) => {
    if (viewer.kind === 'operator') return null;
    const { tenantId, apiKeyId: id } = viewer;
    return db.withTenant(tenantId, (tx) =>
      tx.apiKey.findUnique({ where: { tenantId_id: { tenantId, id } } }),
    );
  },
};
