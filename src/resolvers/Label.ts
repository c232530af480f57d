import { toId } from '../ids.ts';
import type { LabelResolvers } from '../schema/types.generated.ts';
import { labelName, localizedTexts } from '../taxonomy/label-name.ts';
import { requireTaxonomyContent } from '../tenancy/viewer.ts';

export const Label: LabelResolvers = {
  id: ({ id }) => toId('label', id),
  names: ({ names }) => localizedTexts(names),
  name: async (label, { language }, { loaders }) => {
    const { defaultLanguage } = (await loaders.version.load(label.versionId))!;
    return labelName(label, language, defaultLanguage);
  },
  synonyms: ({ synonyms }) => localizedTexts(synonyms),
  // The way down to a label ends with its parent and itself: both fields share one statement.
  parent: async ({ id }, _, { loaders }) => (await loaders.path.load(id)).at(-2) ?? null,
  children: ({ id }, _, { viewer, loaders }) => {
    requireTaxonomyContent(viewer);
    return loaders.children.load(id);
  },
  path: ({ id }, _, { loaders }) => loaders.path.load(id),
};
