import type { Label, TaxonomyVersion } from '../database/generated/client.ts';
import { AppError } from '../errors.ts';
import { pathTo, windowOfTree, type TreePath } from '../taxonomy/tree-order.ts';
import type { Window } from '../taxonomy/window.ts';
import type { Loaders } from './loaders.ts';
import { labelKey } from './taxonomy-loaders.ts';

/** A label of a draft with its place in the tree: the cursor of its page, good also when the label has gone. */
export type DraftLabel = Label & { treePath: TreePath };

/** Labels whose places one request may read: a draft is read whole to know its order. */
const MAX_LABELS_IN_TREES = 100_000;

/** A window over a draft's labels, depth first. One row more where there is more. Throws COST_LIMIT. */
export async function loadDraftLabels(
  loaders: Loaders,
  draft: TaxonomyVersion,
  window: Window<TreePath>,
): Promise<DraftLabel[]> {
  loaders.labelsInTrees += draft.labelCount;
  if (loaders.labelsInTrees > MAX_LABELS_IN_TREES) {
    throw new AppError('COST_LIMIT', {
      message: `One request may read drafts of ${MAX_LABELS_IN_TREES} labels together; ask for the labels of fewer drafts at once.`,
    });
  }
  const { tree } = (await loaders.draftTree.load(draft.id))!;
  const refs = windowOfTree(tree, window).map((key) => ({ versionId: draft.id, key }));
  const labels = await loaders.draftLabel.loadMany(refs.map(labelKey));
  const rows = labels.map((label) => {
    if (label instanceof Error) throw label;
    return label;
  });
  if (rows.includes(null)) {
    // An edit came between the two reads and took labels away: read again what is there now.
    loaders.draftTree.clear(draft.id);
    for (const ref of refs) loaders.draftLabel.clear(labelKey(ref));
    return loadDraftLabels(loaders, draft, window);
  }
  return rows.map((label) => ({ ...label!, treePath: pathTo(tree, label!.key) }));
}
