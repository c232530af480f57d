import type { ClassificationJob } from '../database/generated/client.ts';
import type { ClassifyImagesInput } from '../classification/classify-input.ts';

/** What all items of a job have in common; the JSON of `ClassificationJob.settings`. Versions are exact. */
export type JobSettings = Pick<
  ClassifyImagesInput,
  'taxonomies' | 'topK' | 'minScore' | 'language' | 'promptLanguage'
>;

export function settingsOf({ settings }: Pick<ClassificationJob, 'settings'>): JobSettings {
  return settings as unknown as JobSettings;
}

/** What became of an item under one taxonomy, as `ClassificationJobItem.outcomes` keeps it. Ids are UUIDs. */
export type ItemOutcome = { id: string } | { error: { code: string; message: string } };
