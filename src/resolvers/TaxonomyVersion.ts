import { z } from 'zod';
import { toId } from '../ids.ts';
import type { TaxonomyVersionResolvers, TaxonomyVersionState } from '../schema/types.generated.ts';
import { compareVersions, pairWithVersion } from '../taxonomy/compare-versions.ts';
import { warningsOf } from '../taxonomy/prompt-languages.ts';
import { readClosestLabels } from '../taxonomy/read-closest.ts';
import { choosePromptLanguage } from '../taxonomy/resolve-version.ts';
import { requireTaxonomyContent } from '../tenancy/viewer.ts';
import { toConnection, toPage } from './connection.ts';
import { encodeCursor, toWindow } from './cursor.ts';
import { chargeLabels } from './label-budget.ts';
import { loadMatches, loadMatchingLabels } from './matching-labels.ts';
import { pageKey } from './page-key.ts';

export const TaxonomyVersion: TaxonomyVersionResolvers = {
  id: ({ id }) => toId('version', id),
  taxonomy: async ({ taxonomyId }, _, { loaders }) => (await loaders.taxonomy.load(taxonomyId))!,
  // A draft is a row of the same table, but no field leads from the API to it as a version.
  state: ({ state }) => state as TaxonomyVersionState,
  progress: ({ embeddedPromptCount, promptCount }) => ({ embedded: embeddedPromptCount, total: promptCount }),
  labels: async (version, args, { viewer, loaders }) => {
    requireTaxonomyContent(viewer);
    const page = toPage(args, 1_000);
    const list = `labels ${version.id}`;
    const window = toWindow(page, list, z.int32());
    const matches = await loadMatches(loaders, version, args.filter);
    const rows = matches
      ? await loadMatchingLabels(loaders, version, matches, window)
      : (await loaders.labelPage.load(pageKey(version.id, window))).map(({ row }) => row);
    const connection = toConnection(rows, page, ({ position }) => encodeCursor(list, position));
    return { ...connection, totalCount: matches?.length ?? version.labelCount };
  },
  warnings: (version, _, { viewer }) => {
    requireTaxonomyContent(viewer);
    return warningsOf(version);
  },
  labelConfusion: async (version, { first, promptLanguage }, { viewer, services: { db, inference } }) => {
    requireTaxonomyContent(viewer);
    const { limit } = toPage({ first });
    const { tenantId, id: versionId, modelId } = version;
    if (version.state !== 'READY') return [];
    const known = inference.models.find(({ id }) => id === modelId)?.languages ?? [];
    const language = choosePromptLanguage(version, { id: modelId, languages: known }, promptLanguage);
    return readClosestLabels(db, { tenantId, versionId, language }, limit);
  },
  changesSince: async (version, { number }, { viewer, loaders, services: { db } }) => {
    requireTaxonomyContent(viewer);
    chargeLabels(loaders, 2 * version.labelCount); // the other is about as large
    return compareVersions(db, await pairWithVersion(db, version, number));
  },
  promptTemplates: ({ id }, _, { viewer, loaders }) => {
    requireTaxonomyContent(viewer);
    return loaders.templates.load(id);
  },
};
