import { toUuid } from '../../ids.ts';
import type { MutationResolvers } from '../../schema/types.generated.ts';
import { updateTenant as update } from '../../tenancy/update-tenant.ts';
import { withUserErrors } from '../user-errors.ts';

export const updateTenant: MutationResolvers['updateTenant'] = (
  _,
  { input: { id, ...changes } },
  { viewer, services: { db } },
) =>
  withUserErrors(async () => {
    const tenantId = id === null || id === undefined ? undefined : toUuid('tenant', id);
    return { tenant: await update(db, viewer, { tenantId, changes }) };
  });
