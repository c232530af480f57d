import { labelName } from '../taxonomy/label-name.ts';
import type { PredictionResolvers } from '../schema/types.generated.ts';

export const Prediction: PredictionResolvers = {
  label: async ({ labelId }, _, { loaders }) => (await loaders.label.load(labelId))!,
  name: async ({ labelId, classificationId }, { language }, { loaders }) => {
    const label = (await loaders.label.load(labelId))!;
    const wanted = language ?? (await loaders.classification.load(classificationId))!.language;
    const { defaultLanguage } = (await loaders.version.load(label.versionId))!;
    return labelName(label, wanted, defaultLanguage);
  },
  path: async ({ labelId }, _, { loaders }) => loaders.path.load(labelId),
};
