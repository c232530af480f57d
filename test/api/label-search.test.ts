import { afterAll, beforeAll, expect, it } from 'vitest';
import { recordStatements } from '../support/record-statements.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';
import { ownTaxonomy, type OwnTaxonomy } from '../support/taxonomy-client.ts';

const LABELS = [
  { key: 'animals', names: [{ language: 'en', text: 'Animals' }] },
  { key: 'a-dog', parentKey: 'animals', names: [{ language: 'en', text: 'Dog' }] },
  {
    key: 'a-cat',
    parentKey: 'animals',
    names: [{ language: 'en', text: 'House cat' }],
    synonyms: [{ language: 'en', text: 'Tom_CAT' }],
  },
  { key: 'plants', names: [{ language: 'en', text: 'Plants' }] },
  { key: 'cattail', parentKey: 'plants', names: [{ language: 'en', text: 'Bulrush' }] },
  {
    key: 'p-2',
    parentKey: 'plants',
    names: [{ language: 'zh', text: '猫薄荷' }],
    synonyms: [{ language: 'en', text: 'CATnip' }],
  },
];

let app: TestApp;
let taxonomy: OwnTaxonomy;
beforeAll(async () => {
  app = await startTestApp();
  taxonomy = await ownTaxonomy(app, { labels: LABELS });
  await taxonomy.client.publish(taxonomy.id);
});
afterAll(() => app.stop());

interface Labels {
  nodes: { key: string }[];
  totalCount: number;
  pageInfo: { hasNextPage: boolean; endCursor: string; startCursor: string };
}

const PLACES = ['draft', 'latestVersion'] as const;

async function search(of: (typeof PLACES)[number], page: Record<string, unknown>, text: string) {
  const query = `query ($id: ID!, $first: Int, $after: String, $last: Int, $before: String, $text: String) {
    taxonomy(by: { id: $id }) { ${of} {
      labels(first: $first, after: $after, last: $last, before: $before, filter: { textContains: $text }) {
        nodes { key } totalCount pageInfo { hasNextPage startCursor endCursor }
      }
    } }
  }`;
  const data = await taxonomy.client.query<{ taxonomy: Record<string, { labels: Labels }> }>(query, {
    id: taxonomy.id,
    text,
    ...page,
  });
  const { nodes, totalCount, pageInfo } = data.taxonomy[of]!.labels;
  return { keys: nodes.map(({ key }) => key), totalCount, pageInfo };
}

it.each(PLACES)('finds labels of the %s by key, name or synonym, in tree order, page by page', async (of) => {
  const all = await search(of, { first: 10 }, 'cAt');
  expect(all).toMatchObject({ keys: ['a-cat', 'cattail', 'p-2'], totalCount: 3 });
  const first = await search(of, { first: 2 }, 'cat');
  expect(first).toMatchObject({ keys: ['a-cat', 'cattail'], pageInfo: { hasNextPage: true } });
  const rest = await search(of, { first: 2, after: first.pageInfo.endCursor }, 'cat');
  expect(rest).toMatchObject({ keys: ['p-2'], totalCount: 3, pageInfo: { hasNextPage: false } });
  const back = await search(of, { last: 2, before: rest.pageInfo.startCursor }, 'cat');
  expect(back.keys).toEqual(['a-cat', 'cattail']);
});

it.each(PLACES)('takes the text as it is in the %s, and all labels where there is none', async (of) => {
  expect(await search(of, { first: 10 }, '_')).toMatchObject({ keys: ['a-cat'] });
  expect(await search(of, { first: 10 }, '%')).toMatchObject({ keys: [], totalCount: 0 });
  expect(await search(of, { first: 10 }, '猫')).toMatchObject({ keys: ['p-2'] });
  expect(await search(of, { first: 10 }, 'zh')).toMatchObject({ keys: [] });
  expect(await search(of, { first: 10 }, '')).toMatchObject({ totalCount: LABELS.length });
});

it('costs the same few statements however many labels are found', async () => {
  const none = await recordStatements(() => search('latestVersion', { first: 10 }, 'nowhere'));
  const many = await recordStatements(() => search('latestVersion', { first: 10 }, 'a'));
  expect(many.length - none.length).toBeLessThanOrEqual(4); // one transaction more
});
