import { AppError } from '../errors.ts';
import { childrenByParent, findTreeProblem, MAX_LABELS, toTreeError, withDescendants } from './label-tree.ts';
import type { LabelTree, Place } from './label-tree.ts';

/** A label to put into the tree; `position` null: where it is, or at the end of its siblings. */
export interface Placement {
  key: string;
  parentKey: string | null;
  position: number | null;
}

/**
 * Where labels come to stand that are added or changed: one place a placement, in order. Parents may stand anywhere
 * in the list. Throws INVALID_INPUT (unknown parent, too many, too deep) or LABEL_CYCLE, with the index in the path.
 */
export function planUpsert(tree: LabelTree, placements: readonly Placement[]): Map<string, Place> {
  const ends = new Map<string | null, number>();
  for (const { parentKey, position } of tree.values()) {
    ends.set(parentKey, Math.max(ends.get(parentKey) ?? 0, position + 1));
  }
  const places = new Map<string, Place>();
  for (const { key, parentKey, position } of placements) {
    const before = tree.get(key);
    const end = ends.get(parentKey) ?? 0;
    const place = position ?? (before?.parentKey === parentKey ? before.position : end);
    ends.set(parentKey, Math.max(end, place + 1));
    places.set(key, { parentKey, position: place });
  }
  checkUpserted(withPlaces(tree, places), placements);
  return places;
}

/** Entry by entry: spread into one array, 20,000 labels would cost more than everything else here. */
function withPlaces(tree: LabelTree, places: LabelTree): LabelTree {
  const after = new Map(tree);
  for (const [key, place] of places) after.set(key, place);
  return after;
}

function checkUpserted(after: LabelTree, placements: readonly Placement[]): void {
  if (after.size > MAX_LABELS) {
    const message = `A taxonomy has at most ${MAX_LABELS} labels; it would have ${after.size}.`;
    throw new AppError('INVALID_INPUT', { message, path: ['labels'] });
  }
  const orphan = placements.findIndex(({ parentKey }) => parentKey !== null && !after.has(parentKey));
  if (orphan >= 0) {
    const { key, parentKey } = placements[orphan]!;
    const message = `The parent '${parentKey}' of '${key}' is neither in the draft nor in this call.`;
    throw new AppError('INVALID_INPUT', { message, path: parentPath(orphan) });
  }
  const problem = findTreeProblem(after);
  if (problem)
    throw toTreeError(problem, parentPath(placements.findIndex(({ key }) => problem.keys.includes(key))));
}

function parentPath(index: number): string[] {
  return ['labels', String(index), 'parentKey'];
}

/** The keys that go when these are removed: they and all below them. Throws INVALID_INPUT for one that is not there. */
export function planRemoval(tree: LabelTree, keys: readonly string[]): Set<string> {
  for (const [index, key] of keys.entries()) requireKey(tree, key, ['keys', String(index)]);
  return withDescendants(tree, keys);
}

export interface LabelMove {
  /** In the order that they shall have. */
  keys: readonly string[];
  parentKey: string | null;
  /** The sibling that they shall follow; null: first. */
  afterKey: string | null;
}

/** The places that change when labels move; siblings are numbered anew. Throws INVALID_INPUT or LABEL_CYCLE. */
export function planMove(tree: LabelTree, move: LabelMove): Map<string, Place> {
  checkMove(tree, move);
  const { keys, parentKey, afterKey } = move;
  const moving = new Set(keys);
  const staying = (childrenByParent(tree).get(parentKey) ?? []).filter((key) => !moving.has(key));
  const order = staying.toSpliced(afterKey === null ? 0 : staying.indexOf(afterKey) + 1, 0, ...keys);
  const places = new Map<string, Place>();
  for (const [position, key] of order.entries()) {
    const before = tree.get(key)!;
    if (before.parentKey !== parentKey || before.position !== position)
      places.set(key, { parentKey, position });
  }
  const problem = findTreeProblem(withPlaces(tree, places));
  if (problem) throw toTreeError(problem, ['parentKey']);
  return places;
}

function checkMove(tree: LabelTree, { keys, parentKey, afterKey }: LabelMove): void {
  const seen = new Set<string>();
  for (const [index, key] of keys.entries()) {
    const path = ['keys', String(index)];
    requireKey(tree, key, path);
    if (seen.has(key)) {
      throw new AppError('INVALID_INPUT', {
        message: `'${key}' is here twice; a label has one place.`,
        path,
      });
    }
    seen.add(key);
  }
  if (parentKey !== null) requireKey(tree, parentKey, ['parentKey']);
  if (afterKey === null) return;
  requireKey(tree, afterKey, ['afterKey']);
  if (seen.has(afterKey) || tree.get(afterKey)!.parentKey !== parentKey) {
    const under = parentKey === null ? 'at the top' : `under '${parentKey}'`;
    const message = `'afterKey' names a label that stands ${under} and is not moved itself; '${afterKey}' is not one.`;
    throw new AppError('INVALID_INPUT', { message, path: ['afterKey'] });
  }
}

function requireKey(tree: LabelTree, key: string, path: string[]): void {
  if (tree.has(key)) return;
  throw new AppError('INVALID_INPUT', { message: `The draft has no label with the key '${key}'.`, path });
}
