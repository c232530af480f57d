import { toId } from '../../ids.ts';
import { findHooks } from '../../inbound/hooks.ts';
import type { QueryResolvers } from '../../schema/types.generated.ts';
import { requireScope } from '../../tenancy/viewer.ts';
import { toConnection } from '../connection.ts';
import { toIdWindow } from '../id-page.ts';

export const inboundHooks: QueryResolvers['inboundHooks'] = async (_, args, { viewer, services }) => {
  const tenantId = requireScope(viewer, 'ADMIN');
  const { page, window } = toIdWindow(args, 'hook');
  const rows = await services.db.withTenant(tenantId, (tx) => findHooks(tx, tenantId, window));
  return toConnection(rows, page, ({ id }) => toId('hook', id));
};
