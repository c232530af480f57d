import type { TaxonomyDifferenceResolvers } from '../schema/types.generated.ts';
import type { LocalizedText } from '../taxonomy/label-name.ts';
import { listDifferences, type VersionPair } from '../taxonomy/compare-versions.ts';
import { toConnection, toPage } from './connection.ts';
import { encodeCursor, storableText, toWindow } from './cursor.ts';
import type { Loaders } from './loaders.ts';

export const TaxonomyDifference: TaxonomyDifferenceResolvers = {
  labels: async ({ pair, differentCount }, args, { services: { db } }) => {
    const page = toPage(args);
    const list = `differences ${pair.beforeId} ${pair.afterId}`;
    const window = toWindow(page, list, storableText);
    const rows = await db.withTenant(pair.tenantId, (tx) => listDifferences(tx, pair, window));
    const connection = toConnection(rows, page, ({ key }) => encodeCursor(list, key));
    return { ...connection, totalCount: differentCount };
  },
  addedPromptTemplates: async ({ pair }, _, { loaders }) => {
    const { before, after } = await loadTemplates(pair, loaders);
    return after.filter((template) => !includes(before, template));
  },
  removedPromptTemplates: async ({ pair }, _, { loaders }) => {
    const { before, after } = await loadTemplates(pair, loaders);
    return before.filter((template) => !includes(after, template));
  },
};

async function loadTemplates({ beforeId, afterId }: VersionPair, { templates }: Loaders) {
  return {
    before: beforeId === null ? [] : await templates.load(beforeId),
    after: await templates.load(afterId),
  };
}

function includes(templates: readonly LocalizedText[], { language, text }: LocalizedText): boolean {
  return templates.some((one) => one.language === language && one.text === text);
}
