import type { QueryResolvers } from '../../schema/types.generated.ts';

export const tenant: QueryResolvers['tenant'] = (_, _args, { viewer, services: { db } }) => {
  if (viewer.kind === 'operator') return null;
  const { tenantId: id } = viewer;
  return db.withTenant(id, (tx) => tx.tenant.findUnique({ where: { id } }));
};
