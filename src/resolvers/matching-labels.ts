import type { Label, TaxonomyVersion } from '../database/generated/client.ts';
import { windowOfMatches, type LabelMatches } from '../taxonomy/find-labels.ts';
import { isStorable } from '../taxonomy/text-rules.ts';
import type { Window } from '../taxonomy/window.ts';
import { chargeLabels } from './label-budget.ts';
import type { Loaders } from './loaders.ts';
import { labelKey } from './taxonomy-loaders.ts';

/** The labels of a draft or version that contain a text; null where no text narrows them. Throws COST_LIMIT. */
export async function loadMatches(
  loaders: Loaders,
  { id, labelCount }: TaxonomyVersion,
  filter: { textContains?: string | null } | null | undefined,
): Promise<LabelMatches['matches'] | null> {
  const text = filter?.textContains;
  if (!text) return null;
  if (!isStorable(text)) return [];
  chargeLabels(loaders, labelCount);
  return (await loaders.labelMatches.load(labelKey({ versionId: id, key: text })))?.matches ?? [];
}

/** A window over matches in a frozen version. One row more where there is more. */
export async function loadMatchingLabels(
  loaders: Loaders,
  { id: versionId }: TaxonomyVersion,
  matches: LabelMatches['matches'],
  window: Window<number>,
): Promise<Label[]> {
  const keys = windowOfMatches(matches, window);
  return Promise.all(keys.map(async (key) => (await loaders.labelByKey.load(labelKey({ versionId, key })))!));
}
