import { expect, it } from 'vitest';
import { listDraftLabels } from '../../../src/taxonomy/read-labels.ts';
import type { Tx } from '../../../src/tenancy/tenant-db.ts';

const place = (key: string) => ({ key, parentKey: null, position: 0 });

it('reads a page of a draft again when an edit took a label away between its two reads', async () => {
  // Places, then labels: `b` goes in between.
  const answers = [[place('a'), place('b')], [place('a')], [place('a')], [place('a')]];
  const tx = { label: { findMany: async () => answers.shift() } } as unknown as Tx;
  const window = { limit: 10, cursor: null, backward: false };
  const labels = await listDraftLabels(tx, { tenantId: 't', versionId: 'v' }, window);
  expect(labels.map(({ key, treePath }) => [key, treePath])).toEqual([['a', [[0, 'a']]]]);
  expect(answers).toEqual([]);
});
