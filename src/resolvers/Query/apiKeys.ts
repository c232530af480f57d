import { toId } from '../../ids.ts';
import type { QueryResolvers } from '../../schema/types.generated.ts';
import { requireScope } from '../../tenancy/viewer.ts';
import { toConnection } from '../connection.ts';
import { toIdPage } from '../id-page.ts';

export const apiKeys: QueryResolvers['apiKeys'] = async (_, args, { viewer, services: { db } }) => {
  const tenantId = requireScope(viewer, 'ADMIN');
  const { page, query } = toIdPage(args, 'apikey');
  const rows = await db.withTenant(tenantId, (tx) => tx.apiKey.findMany(query));
  return toConnection(rows, page, ({ id }) => toId('apikey', id));
};
