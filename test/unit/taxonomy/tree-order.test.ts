import { describe, expect, it } from 'vitest';
import type { LabelTree } from '../../../src/taxonomy/label-tree.ts';
import { planUpsert } from '../../../src/taxonomy/tree-edits.ts';
import { orderDepthFirst, pathTo, windowOfTree, type TreePath } from '../../../src/taxonomy/tree-order.ts';
import { seededInteger } from '../../support/list-tree.ts';

/** A random tree in which siblings often share a position, so that keys decide. */
function randomTree(seed: number, size: number): LabelTree {
  const integer = seededInteger(seed);
  const placements = Array.from({ length: size }, (_, i) => ({
    key: `key ${integer(1_000_000)} ${i}`,
    parent: i === 0 ? -1 : integer(i + 1) - 1,
    position: integer(3),
  }));
  return planUpsert(
    new Map(),
    placements.map(({ key, parent, position }) => ({
      key,
      position,
      parentKey: placements[parent]?.key ?? null,
    })),
  );
}

function readPages(tree: LabelTree, backward: boolean, limit: number): string[] {
  const read: string[] = [];
  for (let cursor: TreePath | null = null; ;) {
    const keys = windowOfTree(tree, { limit, cursor, backward });
    read.push(...keys.slice(0, limit));
    if (keys.length <= limit) return read;
    cursor = pathTo(tree, keys[limit - 1]!);
  }
}

describe('windowOfTree', () => {
  it.each([1, 2, 3])('reads every label once, forwards and backwards (seed %i)', (seed) => {
    const tree = randomTree(seed, 120);
    const order = orderDepthFirst(tree);
    expect(new Set(order).size).toBe(120);
    expect(readPages(tree, false, 7)).toEqual(order);
    expect(readPages(tree, true, 7)).toEqual(order.toReversed());
  });

  it('goes on at the same place when the label of the cursor has gone', () => {
    const tree = randomTree(4, 60);
    const order = orderDepthFirst(tree);
    const children = new Set([...tree.values()].map(({ parentKey }) => parentKey));
    const leaf = order.findIndex((key, index) => index > 10 && !children.has(key));
    const cursor = pathTo(tree, order[leaf]!);
    const without = new Map([...tree].filter(([key]) => key !== order[leaf]));
    const window = { limit: 3, cursor, backward: false };
    expect(windowOfTree(without, window)).toEqual(windowOfTree(tree, window));
  });

  it('does not repeat or skip when a label is added before the cursor', () => {
    const tree = planUpsert(
      new Map(),
      ['b', 'd', 'f'].map((key) => ({ key, parentKey: null, position: 0 })),
    );
    const grown = new Map([...tree, ['a', { parentKey: null, position: 0 }] as const]);
    expect(windowOfTree(grown, { limit: 5, cursor: pathTo(tree, 'd'), backward: false })).toEqual(['f']);
  });
});
