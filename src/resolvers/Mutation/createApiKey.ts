import { toUuid } from '../../ids.ts';
import type { MutationResolvers } from '../../schema/types.generated.ts';
import { createApiKeyAs } from '../../tenancy/api-keys.ts';
import { withUserErrors } from '../user-errors.ts';

export const createApiKey: MutationResolvers['createApiKey'] = (
  _,
  { input: { tenantId: id, ...input } },
  { viewer, services: { db } },
) =>
  withUserErrors(async () => {
    const tenantId = id === null || id === undefined ? undefined : toUuid('tenant', id);
    return createApiKeyAs(db, viewer, { ...input, tenantId });
  });
