import { childrenByParent, compareSiblings, type LabelTree } from './label-tree.ts';
import type { Window } from './window.ts';

/**
 * Where a label stands in the whole tree: position and key of each label on the way down to it. Paths have an order
 * of their own, so that one read long ago still marks a place, even when its label has gone.
 */
export type TreePath = readonly (readonly [position: number, key: string])[];

/** All keys, parents before their children, siblings in order. */
export function orderDepthFirst(tree: LabelTree): string[] {
  const children = childrenByParent(tree);
  const order: string[] = [];
  const visit = (parentKey: string | null) => {
    for (const key of children.get(parentKey) ?? []) {
      order.push(key);
      visit(key);
    }
  };
  visit(null);
  return order;
}

/** The way down to a label, itself included. */
export function pathTo(tree: LabelTree, key: string): TreePath {
  const path: [number, string][] = [];
  for (let at: string | null = key; at !== null; at = tree.get(at)!.parentKey) {
    path.push([tree.get(at)!.position, at]);
  }
  return path.toReversed();
}

/**
 * The keys of a window over the tree depth first, or over some `wanted` of it, in reading direction; one more than
 * `limit` where there is more.
 */
export function windowOfTree(
  tree: LabelTree,
  { limit, cursor, backward }: Window<TreePath>,
  wanted: ReadonlySet<string> | null = null,
): string[] {
  const all = orderDepthFirst(tree);
  const order = wanted ? all.filter((key) => wanted.has(key)) : all;
  if (!backward) {
    const start =
      cursor === null ? 0 : countWhile(order, (key) => comparePaths(pathTo(tree, key), cursor) <= 0);
    return order.slice(start, start + limit + 1);
  }
  const end =
    cursor === null ? order.length : countWhile(order, (key) => comparePaths(pathTo(tree, key), cursor) < 0);
  return order.slice(Math.max(0, end - limit - 1), end).toReversed();
}

/** Of two labels, the one whose path parts first to an earlier sibling; a parent before what is below it. */
function comparePaths(a: TreePath, b: TreePath): number {
  for (const [level, [position, key]] of a.entries()) {
    const other = b[level];
    if (!other) return 1;
    const order = compareSiblings({ position, key }, { position: other[0], key: other[1] });
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

/** How many of the first keys are so, where those that are come before those that are not: by bisection. */
function countWhile(order: readonly string[], isSo: (key: string) => boolean): number {
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isSo(order[middle]!)) low = middle + 1;
    else high = middle;
  }
  return low;
}
