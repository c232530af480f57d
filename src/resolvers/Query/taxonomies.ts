import { z } from 'zod';
import type { QueryResolvers } from '../../schema/types.generated.ts';
import { listTaxonomies } from '../../taxonomy/read-taxonomies.ts';
import { requireScope } from '../../tenancy/viewer.ts';
import { toConnection, toPage } from '../connection.ts';
import { encodeCursor, storableText, toWindow } from '../cursor.ts';

export const taxonomies: QueryResolvers['taxonomies'] = async (_, args, { viewer, services: { db } }) => {
  const tenantId = requireScope(viewer, 'TAXONOMY_READ');
  const { filter, orderBy } = args;
  const page = toPage(args);
  const list = `taxonomies ${orderBy}`;
  const window = toWindow(page, list, orderBy === 'NAME_ASC' ? storableText : z.uuid());
  const found = await listTaxonomies(db, tenantId, { ...window, filter: filter ?? {}, orderBy });
  const placeOf = orderBy === 'NAME_ASC' ? 'name' : 'id';
  const connection = toConnection(found.rows, page, (row) => encodeCursor(list, row[placeOf]));
  return { ...connection, totalCount: found.totalCount };
};
