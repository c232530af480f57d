import { toUuid } from '../../ids.ts';
import type { QueryResolvers } from '../../schema/types.generated.ts';
import { requireScope } from '../../tenancy/viewer.ts';

export const classificationJob: QueryResolvers['classificationJob'] = (_, args, { viewer, services }) => {
  const tenantId = requireScope(viewer, 'CLASSIFY');
  const id = toUuid('job', args.id);
  if (id === null) return null;
  const where = { tenantId_id: { tenantId, id } };
  return services.db.withTenant(tenantId, (tx) => tx.classificationJob.findUnique({ where }));
};
