import DataLoader from 'dataloader';
import { expect, it } from 'vitest';
import type { TaxonomyVersion } from '../../../src/database/generated/client.ts';
import { loadDraftLabels } from '../../../src/resolvers/draft-labels.ts';
import type { Loaders } from '../../../src/resolvers/loaders.ts';

const place = { parentKey: null, position: 0 };
const window = { limit: 10, cursor: null, backward: false };
const draftOf = (labelCount: number) => ({ id: 'v', labelCount }) as TaxonomyVersion;

it('reads a page of a draft again when an edit took a label away between its two reads', async () => {
  // Places, then labels: `b` goes in between.
  const trees = [['a', 'b'], ['a']];
  const loaders = {
    labelsRead: 0,
    draftTree: new DataLoader(async () => [{ tree: new Map(trees.shift()!.map((key) => [key, place])) }]),
    labelByKey: new DataLoader(async (keys: readonly string[]) =>
      keys.map((key) => (key === 'v a' ? { key: 'a' } : null)),
    ),
  } as unknown as Loaders;
  const labels = await loadDraftLabels(loaders, draftOf(2), window);
  expect(labels.map(({ key, treePath }) => [key, treePath])).toEqual([['a', [[0, 'a']]]]);
  expect(trees).toEqual([]);
});

it('refuses to order more labels than one request may read', async () => {
  const loaders = { labelsRead: 90_000 } as Loaders;
  await expect(loadDraftLabels(loaders, draftOf(20_000), window)).rejects.toMatchObject({
    code: 'COST_LIMIT',
  });
});
