import { AppError } from '../errors.ts';

/** Where a label stands: under which parent, and in which order among its siblings (ties by key). */
export interface Place {
  parentKey: string | null;
  position: number;
}

/** The labels of a draft by key. Each operation below answers with what it changes and leaves the tree as it is. */
export type LabelTree = ReadonlyMap<string, Place>;

export const MAX_LABELS = 20_000;
export const MAX_DEPTH = 50;

/** What is wrong with the parents in a tree, and on the way up from which label. */
export interface TreeProblem {
  kind: 'cycle' | 'depth';
  /** From a label up its parents; a cycle ends with the key that it began with. */
  keys: string[];
}

/** The first cycle, or the first label that stands too deep. Every parent must be in the tree. */
export function findTreeProblem(tree: LabelTree): TreeProblem | null {
  const depths = new Map<string, number>();
  for (const [key, { parentKey }] of tree) {
    // Most often parents come first.
    const above = parentKey === null ? 0 : depths.get(parentKey);
    if (above !== undefined && above < MAX_DEPTH) {
      depths.set(key, above + 1);
      continue;
    }
    const trail = new Set<string>();
    let at: string | null = key;
    while (at !== null && !depths.has(at)) {
      if (trail.has(at)) return { kind: 'cycle', keys: [...fromKey(trail, at), at] };
      trail.add(at);
      at = tree.get(at)!.parentKey;
    }
    let depth = at === null ? 0 : depths.get(at)!;
    if (depth + trail.size > MAX_DEPTH) return { kind: 'depth', keys: [...trail] };
    for (const passed of [...trail].toReversed()) depths.set(passed, ++depth);
  }
  return null;
}

function fromKey(trail: Set<string>, key: string): string[] {
  const keys = [...trail];
  return keys.slice(keys.indexOf(key));
}

/** A problem as the error that tells it: LABEL_CYCLE shows the cycle, too deep is INVALID_INPUT. */
export function toTreeError({ kind, keys }: TreeProblem, path: string[]): AppError {
  const shown = keys.length > 12 ? [...keys.slice(0, 10), '…', keys.at(-1)!] : keys;
  if (kind === 'cycle') {
    return new AppError('LABEL_CYCLE', {
      message: `A label cannot stand below itself: ${shown.join(' -> ')} (each the parent of the one before it).`,
      path,
    });
  }
  return new AppError('INVALID_INPUT', {
    message: `Labels stand at most ${MAX_DEPTH} deep; '${keys[0]}' would be deeper.`,
    path,
  });
}

/** The keys under each parent, in order; `null` holds those at the top. */
export function childrenByParent(tree: LabelTree): Map<string | null, string[]> {
  const children = Map.groupBy(tree.keys(), (key) => tree.get(key)!.parentKey);
  for (const siblings of children.values()) {
    siblings.sort((a, b) =>
      compareSiblings(
        { key: a, position: tree.get(a)!.position },
        { key: b, position: tree.get(b)!.position },
      ),
    );
  }
  return children;
}

/** By position, then by key as Postgres compares it under collation "C". */
export function compareSiblings(
  a: { key: string; position: number },
  b: { key: string; position: number },
): number {
  return a.position - b.position || Buffer.compare(Buffer.from(a.key), Buffer.from(b.key));
}

/** The given keys and all below them. */
export function withDescendants(tree: LabelTree, keys: Iterable<string>): Set<string> {
  const children = childrenByParent(tree);
  const found = new Set<string>(keys);
  // A Set visits what is added while it is iterated.
  for (const key of found) for (const child of children.get(key) ?? []) found.add(child);
  return found;
}
