import type { QueryResolvers } from '../../schema/types.generated.ts';
import { containsText } from '../../taxonomy/read-taxonomies.ts';
import { requireOperator } from '../../tenancy/viewer.ts';
import { toConnection } from '../connection.ts';
import { toNamedPage } from '../named-page.ts';

export const tenants: QueryResolvers['tenants'] = async (_, args, { viewer, services: { db } }) => {
  requireOperator(viewer);
  const { page, query, beyond, cursorOf } = toNamedPage(args, 'tenants');
  const where = { AND: [{ name: containsText(args.filter?.nameContains) }, beyond] };
  const rows = await db.withOperator((tx) => tx.tenant.findMany({ ...query, where }));
  return toConnection(rows, page, cursorOf);
};
