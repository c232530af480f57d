import { z } from 'zod';
import type { TaxonomyDraftResolvers } from '../schema/types.generated.ts';
import { compareVersions } from '../taxonomy/compare-versions.ts';
import { MAX_DEPTH } from '../taxonomy/label-tree.ts';
import { toConnection, toPage } from './connection.ts';
import { encodeCursor, toWindow } from './cursor.ts';
import { loadDraftLabels } from './draft-labels.ts';
import { chargeLabels } from './label-budget.ts';
import { loadMatches } from './matching-labels.ts';

const treePath = z.array(z.tuple([z.int32(), z.string()])).max(MAX_DEPTH);

export const TaxonomyDraft: TaxonomyDraftResolvers = {
  labelCount: async ({ id }, _, { loaders }) => (await loaders.draft.load(id))!.labelCount,
  labels: async ({ id }, args, { loaders }) => {
    const draft = (await loaders.draft.load(id))!;
    const page = toPage(args, 1_000);
    const list = `labels ${draft.id}`;
    const window = toWindow(page, list, treePath);
    const matches = await loadMatches(loaders, draft, args.filter);
    const rows = await loadDraftLabels(
      loaders,
      draft,
      window,
      matches && new Set(matches.map(([key]) => key)),
    );
    const connection = toConnection(rows, page, ({ treePath }) => encodeCursor(list, treePath));
    return { ...connection, totalCount: matches?.length ?? draft.labelCount };
  },
  changes: async ({ tenantId, id }, _, { loaders, services: { db } }) => {
    const [draft, latest] = await Promise.all([loaders.draft.load(id), loaders.latestVersion.load(id)]);
    chargeLabels(loaders, draft!.labelCount + (latest?.labelCount ?? 0));
    return compareVersions(db, { tenantId, beforeId: latest?.id ?? null, afterId: draft!.id });
  },
  promptTemplates: async ({ id }, _, { loaders }) => {
    const draft = (await loaders.draft.load(id))!;
    return loaders.templates.load(draft.id);
  },
};
