import type { MutationResolvers } from '../../schema/types.generated.ts';
import { createTenant as create } from '../../tenancy/tenants.ts';
import { requireOperator } from '../../tenancy/viewer.ts';
import { withUserErrors } from '../user-errors.ts';

export const createTenant: MutationResolvers['createTenant'] = (_, { input }, { viewer, services: { db } }) =>
  withUserErrors(() => {
    requireOperator(viewer);
    return create(db, input);
  });
