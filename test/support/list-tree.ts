/** An edit of a tree of labels. */
export type TreeEdit =
  | { kind: 'add'; key: string; parentKey: string | null }
  | { kind: 'move'; keys: string[]; parentKey: string | null; afterKey: string | null }
  | { kind: 'remove'; key: string };

type Integer = (below: number) => number;

/** Whole numbers from 0 to `below - 1`, the same in every run. */
export function seededInteger(seed: number): Integer {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** A tree of labels as nested lists: slow, and hard to get wrong. What the real one does is held against it. */
export class ListTree {
  readonly below = new Map<string | null, string[]>([[null, []]]);

  /** All keys, depth first. */
  keys(parent: string | null = null): string[] {
    return this.below.get(parent)!.flatMap((key) => [key, ...this.keys(key)]);
  }

  parentOf(key: string): string | null {
    return [...this.below].find(([, keys]) => keys.includes(key))![0];
  }

  /** Does an edit, unless it would put a label below itself. Returns whether it was done. */
  apply(edit: TreeEdit): boolean {
    if (edit.kind === 'add') this.add(edit.key, edit.parentKey);
    else if (edit.kind === 'remove') this.remove(edit.key);
    else if (edit.keys.some((key) => this.isBelow(edit.parentKey, key))) return false;
    else this.move(edit);
    return true;
  }

  private add(key: string, parent: string | null): void {
    this.below.set(key, []);
    this.below.get(parent)!.push(key);
  }

  private move({ keys, parentKey, afterKey }: Extract<TreeEdit, { kind: 'move' }>): void {
    for (const key of keys) this.cut(key);
    const siblings = this.below.get(parentKey)!;
    siblings.splice(afterKey === null ? 0 : siblings.indexOf(afterKey) + 1, 0, ...keys);
  }

  private remove(key: string): void {
    for (const gone of [key, ...this.keys(key)].toReversed()) {
      this.cut(gone);
      this.below.delete(gone);
    }
  }

  private cut(key: string): void {
    const siblings = this.below.get(this.parentOf(key))!;
    siblings.splice(siblings.indexOf(key), 1);
  }

  private isBelow(key: string | null, ancestor: string): boolean {
    for (let at = key; at !== null; at = this.parentOf(at)) if (at === ancestor) return true;
    return false;
  }
}

/** An edit that could be asked for next; a move may be one that is to be refused. */
export function randomEdit(tree: ListTree, integer: Integer, newKey: string): TreeEdit {
  const keys = tree.keys();
  const pick = () => keys[integer(keys.length)]!;
  const parentKey = keys.length === 0 || integer(4) === 0 ? null : pick();
  const kind = keys.length < 3 ? 0 : integer(10);
  if (kind < 5) return { kind: 'add', key: newKey, parentKey };
  if (kind === 9) return { kind: 'remove', key: pick() };
  const moved = [...new Set([pick(), pick()])];
  const staying = tree.below.get(parentKey)!.filter((key) => !moved.includes(key));
  return { kind: 'move', keys: moved, parentKey, afterKey: staying[integer(staying.length + 1)] ?? null };
}
