import { describe, expect, it } from 'vitest';
import type { LabelTree, Place } from '../../../src/taxonomy/label-tree.ts';
import { MAX_DEPTH, MAX_LABELS } from '../../../src/taxonomy/label-tree.ts';
import { planMove, planRemoval, planUpsert } from '../../../src/taxonomy/tree-edits.ts';
import { orderDepthFirst } from '../../../src/taxonomy/tree-order.ts';
import { refusalOf, seededInteger } from './support.ts';

/** `a>b` puts b under a; siblings in the order given. */
function treeOf(...edges: string[]): LabelTree {
  const placements = edges.map((edge) => {
    const [parentKey, key] = edge.includes('>') ? edge.split('>') : [null, edge];
    return { key: key!, parentKey: parentKey!, position: null };
  });
  return planUpsert(new Map(), placements);
}

function withPlaces(tree: LabelTree, places: ReadonlyMap<string, Place>): LabelTree {
  return new Map([...tree, ...places]);
}

const at = (key: string, parentKey: string | null = null, position: number | null = null) => ({
  key,
  parentKey,
  position,
});

describe('planUpsert', () => {
  it('accepts children before their parents', () => {
    expect(orderDepthFirst(treeOf('cat>kitten', 'animal>cat', 'animal'))).toEqual([
      'animal',
      'cat',
      'kitten',
    ]);
  });

  it('leaves a label where it is, and puts one that changes its parent at the end there', () => {
    const tree = treeOf('a', 'b', 'c', 'a>x', 'b>y');
    const after = withPlaces(tree, planUpsert(tree, [at('b'), at('x', 'b')]));
    expect(orderDepthFirst(after)).toEqual(['a', 'b', 'y', 'x', 'c']);
  });

  it('orders by the positions that are given, and appends after the largest', () => {
    const tree = planUpsert(new Map(), [at('late', null, 20), at('early', null, 10)]);
    const after = withPlaces(tree, planUpsert(tree, [at('middle', null, 15), at('last')]));
    expect(orderDepthFirst(after)).toEqual(['early', 'middle', 'late', 'last']);
  });

  it('refuses an unknown parent and says where it stands', () => {
    expect(refusalOf(() => planUpsert(treeOf('a'), [at('b', 'a'), at('c', 'nowhere')]))).toMatchObject({
      code: 'INVALID_INPUT',
      path: ['labels', '1', 'parentKey'],
      message: expect.stringContaining("'nowhere'"),
    });
  });

  it('refuses a cycle and shows it', () => {
    const tree = treeOf('a', 'a>b', 'b>c');
    const refusal = refusalOf(() => planUpsert(tree, [at('z'), at('a', 'c')]));
    expect(refusal).toMatchObject({ code: 'LABEL_CYCLE', path: ['labels', '1', 'parentKey'] });
    expect(refusal.message).toContain('a -> c -> b -> a');
    expect(refusalOf(() => planUpsert(tree, [at('s', 's')])).message).toContain('s -> s');
  });

  it('bounds depth and number', () => {
    const chain = Array.from({ length: MAX_DEPTH }, (_, i) => at(`k${i}`, i === 0 ? null : `k${i - 1}`));
    const deepest = planUpsert(new Map(), chain);
    expect(refusalOf(() => planUpsert(deepest, [at('more', `k${MAX_DEPTH - 1}`)])).message).toContain('deep');
    // The tree below a label counts, not only the label itself.
    expect(refusalOf(() => planUpsert(deepest, [at('top'), at('k0', 'top')])).code).toBe('INVALID_INPUT');
    const many = Array.from({ length: MAX_LABELS + 1 }, (_, i) => at(`k${i}`));
    expect(refusalOf(() => planUpsert(new Map(), many)).message).toContain(String(MAX_LABELS));
  });
});

describe('planMove', () => {
  it('puts labels after a sibling in the order given', () => {
    const tree = treeOf('a', 'b', 'c', 'd');
    const move = { keys: ['d', 'a'], parentKey: null, afterKey: 'b' };
    expect(orderDepthFirst(withPlaces(tree, planMove(tree, move)))).toEqual(['b', 'd', 'a', 'c']);
  });

  it('refuses to put a label below itself', () => {
    const tree = treeOf('a', 'a>b', 'b>c');
    const refusal = refusalOf(() => planMove(tree, { keys: ['a'], parentKey: 'c', afterKey: null }));
    expect(refusal).toMatchObject({ code: 'LABEL_CYCLE', path: ['parentKey'] });
  });

  it('refuses an afterKey that is no sibling there', () => {
    const tree = treeOf('a', 'b', 'a>x');
    for (const afterKey of ['x', 'b', 'nowhere']) {
      const move = { keys: ['b'], parentKey: null, afterKey };
      expect(refusalOf(() => planMove(tree, move))).toMatchObject({
        code: 'INVALID_INPUT',
        path: ['afterKey'],
      });
    }
  });

  it('refuses a key that is not there or twice', () => {
    const move = { parentKey: null, afterKey: null };
    expect(refusalOf(() => planMove(treeOf('a'), { ...move, keys: ['a', 'z'] })).path).toEqual(['keys', '1']);
    expect(refusalOf(() => planMove(treeOf('a'), { ...move, keys: ['a', 'a'] })).path).toEqual(['keys', '1']);
  });
});

/** The same tree as nested lists: slow, and hard to get wrong. */
class ListTree {
  readonly below = new Map<string | null, string[]>([[null, []]]);

  parentOf(key: string): string | null {
    return [...this.below].find(([, keys]) => keys.includes(key))![0];
  }
  keys(parent: string | null = null): string[] {
    return this.below.get(parent)!.flatMap((key) => [key, ...this.keys(key)]);
  }
  append(key: string, parent: string | null): void {
    this.below.set(key, []);
    this.below.get(parent)!.push(key);
  }
  cut(key: string): void {
    const siblings = this.below.get(this.parentOf(key))!;
    siblings.splice(siblings.indexOf(key), 1);
  }
  move(keys: string[], parent: string | null, after: string | null): void {
    for (const key of keys) this.cut(key);
    const siblings = this.below.get(parent)!;
    siblings.splice(after === null ? 0 : siblings.indexOf(after) + 1, 0, ...keys);
  }
  remove(key: string): void {
    for (const gone of [key, ...this.keys(key)].toReversed()) {
      this.cut(gone);
      this.below.delete(gone);
    }
  }
  isBelow(key: string | null, ancestor: string): boolean {
    for (let at = key; at !== null; at = this.parentOf(at)) if (at === ancestor) return true;
    return false;
  }
}

/** One edit of a sequence, done to both trees. Returns the tree after it. */
type Edit = (tree: LabelTree, lists: ListTree, integer: (below: number) => number, name: string) => LabelTree;

function pickFrom(keys: string[], integer: (below: number) => number): string {
  return keys[integer(keys.length)]!;
}

function pickParent(keys: string[], integer: (below: number) => number): string | null {
  return keys.length === 0 || integer(4) === 0 ? null : pickFrom(keys, integer);
}

const add: Edit = (tree, lists, integer, name) => {
  const parent = pickParent(lists.keys(), integer);
  lists.append(name, parent);
  return withPlaces(tree, planUpsert(tree, [at(name, parent)]));
};

const move: Edit = (tree, lists, integer) => {
  const keys = lists.keys();
  const moved = [...new Set([pickFrom(keys, integer), pickFrom(keys, integer)])];
  const parentKey = pickParent(keys, integer);
  const staying = lists.below.get(parentKey)!.filter((key) => !moved.includes(key));
  const afterKey = staying[integer(staying.length + 1)] ?? null;
  const plan = () => planMove(tree, { keys: moved, parentKey, afterKey });
  if (moved.some((key) => lists.isBelow(parentKey, key))) {
    if (refusalOf(plan).code !== 'LABEL_CYCLE') throw new Error('Another refusal than that of a cycle');
    return tree;
  }
  lists.move(moved, parentKey, afterKey);
  return withPlaces(tree, plan());
};

const remove: Edit = (tree, lists, integer) => {
  const key = pickFrom(lists.keys(), integer);
  const doomed = planRemoval(tree, [key]);
  lists.remove(key);
  return new Map([...tree].filter(([kept]) => !doomed.has(kept)));
};

describe('a random sequence of edits', () => {
  it.each([1, 2, 3])('does what nested lists do (seed %i)', (seed) => {
    const integer = seededInteger(seed);
    const edits = [add, add, add, add, add, move, move, move, move, remove];
    const lists = new ListTree();
    let tree: LabelTree = new Map();
    for (let step = 0; step < 400; step++) {
      const edit = tree.size < 3 ? add : edits[integer(edits.length)]!;
      tree = edit(tree, lists, integer, `k${step}`);
      expect(orderDepthFirst(tree)).toEqual(lists.keys());
    }
  });
});
