import { childrenByParent, type LabelTree } from './label-tree.ts';

/** Where a label stands among its siblings before and after, counted from 1. */
export interface Reordering {
  from: number;
  to: number;
}

/** The place of each label among its siblings, counted from 0. Of siblings only those that `counts` says, if given. */
export function placesAmongSiblings(
  tree: LabelTree,
  counts: (key: string) => boolean = () => true,
): Map<string, number> {
  const places = new Map<string, number>();
  for (const keys of childrenByParent(tree).values()) {
    for (const [place, key] of keys.filter(counts).entries()) places.set(key, place);
  }
  return places;
}

/** The labels that stay below their parent, at another place among the siblings that stay there with them. */
export function findReordered(before: LabelTree, after: LabelTree): Map<string, Reordering> {
  const stays = (key: string) => before.get(key)?.parentKey === after.get(key)?.parentKey;
  const [placesBefore, placesAfter] = [placesAmongSiblings(before, stays), placesAmongSiblings(after, stays)];
  const reordered = new Map<string, Reordering>();
  for (const [key, from] of placesBefore) {
    const to = placesAfter.get(key)!;
    if (to !== from) reordered.set(key, { from: from + 1, to: to + 1 });
  }
  return reordered;
}
