import { toId } from '../../ids.ts';
import type { QueryResolvers } from '../../schema/types.generated.ts';
import { requireScope } from '../../tenancy/viewer.ts';
import { findEndpoints } from '../../webhooks/find-deliveries.ts';
import { toConnection } from '../connection.ts';
import { toIdWindow } from '../id-page.ts';

export const webhookEndpoints: QueryResolvers['webhookEndpoints'] = async (_, args, { viewer, services }) => {
  const tenantId = requireScope(viewer, 'ADMIN');
  const { page, window } = toIdWindow(args, 'endpoint');
  const rows = await services.db.withTenant(tenantId, (tx) => findEndpoints(tx, tenantId, window));
  return toConnection(rows, page, ({ id }) => toId('endpoint', id));
};
