import { describe, expect, it } from 'vitest';
import { AppError } from '../../../src/errors.ts';
import type { LabelTree, Place } from '../../../src/taxonomy/label-tree.ts';
import { MAX_DEPTH, MAX_LABELS } from '../../../src/taxonomy/label-tree.ts';
import { planMove, planRemoval, planUpsert } from '../../../src/taxonomy/tree-edits.ts';
import { orderDepthFirst } from '../../../src/taxonomy/tree-order.ts';
import { ListTree, randomEdit, seededInteger, type TreeEdit } from '../../support/list-tree.ts';
import { refusalOf } from './support.ts';

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

/** The tree after an edit; null where it is refused because it would make a cycle. */
function edited(tree: LabelTree, edit: TreeEdit): LabelTree | null {
  if (edit.kind === 'add') return withPlaces(tree, planUpsert(tree, [at(edit.key, edit.parentKey)]));
  if (edit.kind === 'remove') {
    const doomed = planRemoval(tree, [edit.key]);
    return new Map([...tree].filter(([key]) => !doomed.has(key)));
  }
  try {
    return withPlaces(tree, planMove(tree, edit));
  } catch (error) {
    if (error instanceof AppError && error.code === 'LABEL_CYCLE') return null;
    throw error;
  }
}

describe('a random sequence of edits', () => {
  it.each([1, 2, 3])('does what nested lists do (seed %i)', (seed) => {
    const integer = seededInteger(seed);
    const lists = new ListTree();
    let tree: LabelTree = new Map();
    let refusedCount = 0;
    for (let step = 0; step < 400; step++) {
      const edit = randomEdit(lists, integer, `k${step}`);
      const after = edited(tree, edit);
      expect(after !== null).toBe(lists.apply(edit));
      if (after === null) refusedCount++;
      tree = after ?? tree;
      expect(orderDepthFirst(tree)).toEqual(lists.keys());
    }
    expect(refusedCount).toBeGreaterThan(0);
  });
});
