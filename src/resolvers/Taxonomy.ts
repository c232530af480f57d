import { z } from 'zod';
import { toId } from '../ids.ts';
import type { TaxonomyResolvers } from '../schema/types.generated.ts';
import { listVersions } from '../taxonomy/read-versions.ts';
import { toConnection, toPage } from './connection.ts';
import { encodeCursor, toWindow } from './cursor.ts';

export const Taxonomy: TaxonomyResolvers = {
  id: ({ id }) => toId('taxonomy', id),
  draft: (taxonomy) => taxonomy,
  latestVersion: ({ id }, _, { loaders }) => loaders.latestVersion.load(id),
  versions: async ({ tenantId, id }, args, { services: { db } }) => {
    const page = toPage(args);
    const list = `versions ${id}`;
    const window = {
      ...toWindow(page, list, z.int32()),
      state: args.filter?.state,
      oldestFirst: args.orderBy === 'NUMBER_ASC',
    };
    const owner = { tenantId, taxonomyId: id };
    const rows = await db.withTenant(tenantId, (tx) => listVersions(tx, owner, window));
    return toConnection(rows, page, ({ number }) => encodeCursor(list, number));
  },
};
