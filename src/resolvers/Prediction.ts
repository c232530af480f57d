import type { Label } from '../database/generated/client.ts';
import type { PredictionResolvers } from '../schema/types.generated.ts';
import { labelName } from '../taxonomy/label-name.ts';
import type { Loaders } from './loaders.ts';

export const Prediction: PredictionResolvers = {
  label: ({ labelId }, _, { loaders }) => loadLabel(loaders, labelId),
  name: async ({ labelId, classificationId }, { language }, { loaders }) => {
    const label = await loadLabel(loaders, labelId);
    const wanted = language ?? (await loaders.classification.load(classificationId))!.language;
    const { defaultLanguage } = (await loaders.version.load(label.versionId))!;
    return labelName(label, wanted, defaultLanguage);
  },
  path: ({ labelId }, _, { loaders }) => loaders.path.load(labelId),
};

/** A label stands at the end of its own path: a page that shows both reads them once. */
async function loadLabel(loaders: Loaders, labelId: string): Promise<Label> {
  return (await loaders.path.load(labelId)).at(-1)!;
}
