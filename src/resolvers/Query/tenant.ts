import type { QueryResolvers } from '../../schema/types.generated.ts';
import { ownTenant } from '../Viewer.ts';

export const tenant: QueryResolvers['tenant'] = (_, _args, { viewer, services: { db } }) =>
  ownTenant(viewer, db);
