import type { Label } from '../database/generated/client.ts';
import type { PreviewPredictionResolvers } from '../schema/types.generated.ts';
import { labelName } from '../taxonomy/label-name.ts';

/** A prediction with its label, which the draft may lose at any time. */
export interface PreviewPredictionRow {
  label: Label;
  score: number;
  similarity: number;
  promptLanguage: string;
}

export const PreviewPrediction: PreviewPredictionResolvers = {
  name: async ({ label }, { language }, { loaders }) => {
    const { defaultLanguage } = (await loaders.version.load(label.versionId))!;
    return labelName(label, language, defaultLanguage);
  },
};
