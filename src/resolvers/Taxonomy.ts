import { z } from 'zod';
import { toId } from '../ids.ts';
import type { TaxonomyResolvers } from '../schema/types.generated.ts';
import { requireTaxonomyContent } from '../tenancy/viewer.ts';
import { toConnection, toPage } from './connection.ts';
import { encodeCursor, toWindow } from './cursor.ts';
import { pageKey } from './page-key.ts';

export const Taxonomy: TaxonomyResolvers = {
  id: ({ id }) => toId('taxonomy', id),
  draft: (taxonomy, _, { viewer }) => {
    requireTaxonomyContent(viewer);
    return taxonomy;
  },
  latestVersion: ({ id }, _, { viewer, loaders }) => {
    requireTaxonomyContent(viewer);
    return loaders.latestVersion.load(id);
  },
  versions: async ({ id }, args, { viewer, loaders }) => {
    requireTaxonomyContent(viewer);
    const page = toPage(args);
    const list = `versions ${id}`;
    const window = {
      ...toWindow(page, list, z.int32()),
      state: args.filter?.state,
      oldestFirst: args.orderBy === 'NUMBER_ASC',
    };
    const rows = (await loaders.versionPage.load(pageKey(id, window))).map(({ row }) => row);
    return toConnection(rows, page, ({ number }) => encodeCursor(list, number));
  },
};
