import type { Label, TaxonomyVersion } from '../database/generated/client.ts';
import { pathTo, windowOfTree, type TreePath } from '../taxonomy/tree-order.ts';
import type { Window } from '../taxonomy/window.ts';
import { chargeLabels } from './label-budget.ts';
import type { Loaders } from './loaders.ts';
import { labelKey } from './taxonomy-loaders.ts';

/** A label of a draft with its place in the tree: the cursor of its page, good also when the label has gone. */
export type DraftLabel = Label & { treePath: TreePath };

/**
 * A window over a draft's labels depth first, or over those with these keys. One row more where there is more. Throws
 * COST_LIMIT.
 */
export async function loadDraftLabels(
  loaders: Loaders,
  draft: TaxonomyVersion,
  window: Window<TreePath>,
  keys: ReadonlySet<string> | null = null,
): Promise<DraftLabel[]> {
  chargeLabels(loaders, draft.labelCount);
  const { tree } = (await loaders.draftTree.load(draft.id))!;
  const refs = windowOfTree(tree, window, keys).map((key) => ({ versionId: draft.id, key }));
  const labels = await loaders.labelByKey.loadMany(refs.map(labelKey));
  const rows = labels.map((label) => {
    if (label instanceof Error) throw label;
    return label;
  });
  if (rows.includes(null)) {
    // An edit came between the two reads and took labels away: read again what is there now.
    loaders.draftTree.clear(draft.id);
    for (const ref of refs) loaders.labelByKey.clear(labelKey(ref));
    return loadDraftLabels(loaders, draft, window, keys);
  }
  return rows.map((label) => ({ ...label!, treePath: pathTo(tree, label!.key) }));
}
