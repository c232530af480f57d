import { toUuid } from '../../ids.ts';
import type { MutationResolvers } from '../../schema/types.generated.ts';
import { revokeApiKey as revoke } from '../../tenancy/api-keys.ts';
import { requireScope } from '../../tenancy/viewer.ts';
import { withUserErrors } from '../user-errors.ts';

export const revokeApiKey: MutationResolvers['revokeApiKey'] = (_, { input }, { viewer, services: { db } }) =>
  withUserErrors(async () => {
    const apiKey = await revoke(db, requireScope(viewer, 'ADMIN'), toUuid('apikey', input.id));
    return { apiKey };
  });
