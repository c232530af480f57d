import { toId } from '../../ids.ts';
import type { QueryResolvers } from '../../schema/types.generated.ts';
import { requireOperator } from '../../tenancy/viewer.ts';
import { toConnection } from '../connection.ts';
import { toIdPage } from '../id-page.ts';

export const tenants: QueryResolvers['tenants'] = async (_, args, { viewer, services: { db } }) => {
  requireOperator(viewer);
  const { page, query } = toIdPage(args, 'tenant');
  const rows = await db.withOperator((tx) => tx.tenant.findMany(query));
  return toConnection(rows, page, ({ id }) => toId('tenant', id));
};
