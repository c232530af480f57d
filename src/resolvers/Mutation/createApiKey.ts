import type { MutationResolvers } from '../../schema/types.generated.ts';
import { createApiKey as create } from '../../tenancy/api-keys.ts';
import { requireKey, requireScope } from '../../tenancy/viewer.ts';
import { withUserErrors } from '../user-errors.ts';

export const createApiKey: MutationResolvers['createApiKey'] = (_, { input }, { viewer, services: { db } }) =>
  withUserErrors(async () => create(db, requireScope(requireKey(viewer), 'ADMIN'), input));
