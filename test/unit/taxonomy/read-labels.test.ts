import { expect, it } from 'vitest';
import { listDraftLabels } from '../../../src/taxonomy/read-labels.ts';
import type { Tx } from '../../../src/tenancy/tenant-db.ts';

const place = (key: string) => ({ key, parentKey: null, position: 0 });

it('reads a page of a draft again when an edit took a label away between its two reads', async () => {
  // Places, then labels: `b` goes in between.
  const trees = [['a', 'b'], ['a']];
  const rows = [['a'], ['a']];
  const tx = {
    $queryRaw: async () => [{ places: trees.shift()!.map((key) => [key, null, 0]) }],
    label: { findMany: async () => rows.shift()!.map(place) },
  } as unknown as Tx;
  const window = { limit: 10, cursor: null, backward: false };
  const labels = await listDraftLabels(tx, { tenantId: 't', versionId: 'v' }, window);
  expect(labels.map(({ key, treePath }) => [key, treePath])).toEqual([['a', [[0, 'a']]]]);
  expect([trees, rows]).toEqual([[], []]);
});
