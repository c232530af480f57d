import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { classify, readExample } from '../support/classify.ts';
import { recordStatements } from '../support/record-statements.ts';
import { seed, type SeededTenant } from '../support/seed.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';

let app: TestApp;
let tenant: SeededTenant;
const examples = ['two-cats.jpg', 'one-dog.jpg', 'one-tiger.jpg', 'one-cat.png'].map(readExample);

beforeAll(async () => {
  app = await startTestApp();
  tenant = await seed(app)
    .withTenant('a')
    .withTaxonomy([
      { key: 'animal', names: { en: 'animal' } },
      { key: 'pet', names: { en: 'pet' }, parentKey: 'animal' },
      { key: 'cat', names: { en: 'cat', zh: '猫' }, parentKey: 'pet' },
      { key: 'dog', names: { en: 'dog' }, parentKey: 'pet' },
      { key: 'tiger', names: { en: 'tiger' }, parentKey: 'animal' },
    ]);
  await tenant.createTaxonomy(['apple', 'cat'], { name: 'other' });
  const images = Array.from({ length: 60 }, (_, index) => examples[index % examples.length]!);
  const references = images.map((_, index) => `picture-${index}`);
  await classify(app, { key: tenant.key, images, references, taxonomies: ['animals', 'other'] });
});
afterAll(() => app.stop());

interface Page {
  classifications: {
    nodes: { id: string; reference: string; top: { score: number; label: { key: string } } }[];
    edges: { cursor: string }[];
    pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string };
  };
}

const PAGE = `query ($first: Int, $after: String, $last: Int, $before: String, $filter: ClassificationFilter) {
  classifications(first: $first, after: $after, last: $last, before: $before, filter: $filter) {
    nodes { id reference top { score label { key } } }
    edges { cursor }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;
const page = async (variables: Record<string, unknown>, key = tenant.key) =>
  (await app.graphql<Page>(PAGE, variables, key)).classifications;

async function readAll(size: 'first' | 'last'): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | null = null;
  for (;;) {
    const one = await page({ [size]: 37, [size === 'first' ? 'after' : 'before']: cursor });
    ids.push(...(size === 'first' ? one.nodes : one.nodes.toReversed()).map(({ id }) => id));
    if (!(size === 'first' ? one.pageInfo.hasNextPage : one.pageInfo.hasPreviousPage)) return ids;
    cursor = size === 'first' ? one.pageInfo.endCursor : one.pageInfo.startCursor;
  }
}

describe('classifications', () => {
  it('pages through all of them, forwards and backwards, each once and the newest first', async () => {
    const forwards = await readAll('first');
    expect(forwards).toHaveLength(120);
    expect(new Set(forwards).size).toBe(120);
    expect(forwards).toEqual(forwards.toSorted().toReversed());
    expect(await readAll('last')).toEqual(forwards.toReversed());
  });

  it.each([
    ['a taxonomy', () => ({ taxonomyId: tenant.id.replace('tenant_', 'taxonomy_') }), 0],
    ['the best label', () => ({ topLabelKey: 'dog' }), 15],
    ['a reference', () => ({ reference: 'picture-7' }), 2],
    ['a score that all reach', () => ({ minScore: 0, maxScore: 1 }), 100],
    ['a score that none reaches', () => ({ minScore: 1.1 }), 0],
    ['a time that has not come', () => ({ createdFrom: '2999-01-01T00:00:00Z' }), 0],
    ['a time that is past', () => ({ createdBefore: '2999-01-01T00:00:00Z' }), 100],
  ])('filters by %s', async (_, filter, count) => {
    const { nodes } = await page({ first: 100, filter: filter() });
    expect(nodes).toHaveLength(count);
  });

  it('filters by several at once, and by a score range exactly', async () => {
    const { nodes } = await page({ first: 100, filter: { topLabelKey: 'cat' } });
    const scores = nodes.map(({ top }) => top.score).toSorted((a, b) => a - b);
    const middle = scores[Math.floor(scores.length / 2)]!;
    const upper = await page({ first: 100, filter: { topLabelKey: 'cat', minScore: middle } });
    expect(upper.nodes).toHaveLength(scores.filter((score) => score >= middle).length);
  });

  it.each([
    ['no size', {}],
    ['both directions', { first: 1, last: 1 }],
    ['a size of 101', { first: 101 }],
    ['a negative size', { first: -5 }],
    ['a cursor of its own making', { first: 1, after: 'abc' }],
    ['an id of another type', { first: 1, filter: { taxonomyId: 'label_01h2xcejqtf2nbrexx3vqjhp41' } }],
  ])('refuses a page with %s', async (_, variables) => {
    const { errors } = await app.send({ query: PAGE, variables, key: tenant.key });
    expect(errors.map(({ extensions }) => extensions.code)).toEqual(['INVALID_INPUT']);
  });

  it('costs the same few statements, however long the page is', async () => {
    const query = `query ($first: Int!) {
      classifications(first: $first) {
        nodes {
          id taxonomyVersion { id number }
          predictions(first: 5) { name score label { key name names { text } parent { key parent { key } } } path { key name } }
        }
      }
    }`;
    const authentication = await recordStatements(() => app.graphql('{ viewer { scopes } }', {}, tenant.key));
    expect(authentication.length).toBeGreaterThan(0);
    for (const first of [1, 10, 100]) {
      const all = await recordStatements(() => app.graphql(query, { first }, tenant.key));
      const own = all.length - authentication.length;
      expect(own).toBeLessThanOrEqual(8);
      expect(own).toBeGreaterThanOrEqual(4);
    }
  });
});

describe('classification', () => {
  it('reads one by its id, as node() does, with the names of the language that was asked for', async () => {
    const { nodes } = await page({ first: 1, filter: { topLabelKey: 'cat', reference: 'picture-0' } });
    const { id } = nodes[0]!;
    const read = await app.graphql<{ classification: object; node: object; nodes: object[] }>(
      `query ($id: ID!) {
        classification(id: $id) { ...seen }
        node(id: $id) { id ...seen }
        nodes(ids: [$id, "classification_01h2xcejqtf2nbrexx3vqjhp41", "nonsense"]) { id }
      }
      fragment seen on Classification { id reference top { name zh: name(language: "zh") label { key } } }`,
      { id },
      tenant.key,
    );
    expect(read.classification).toMatchObject({ id, reference: 'picture-0', top: { name: 'cat' } });
    expect(read.node).toEqual(read.classification);
    expect(read.nodes).toEqual([{ id }, null, null]);
  });

  it('is null for another tenant', async () => {
    const stranger = await seed(app).withTenant('stranger').alone();
    const { nodes } = await page({ first: 1 });
    const read = await app.graphql(
      'query ($id: ID!) { classification(id: $id) { id } node(id: $id) { id } }',
      { id: nodes[0]!.id },
      stranger.key,
    );
    expect(read).toEqual({ classification: null, node: null });
    expect((await page({ first: 100 }, stranger.key)).nodes).toEqual([]);
  });
});
