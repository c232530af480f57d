import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { classify, readExample } from '../support/classify.ts';
import { recordStatements } from '../support/record-statements.ts';
import { seed, type SeededTaxonomy, type SeededTenant } from '../support/seed.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';

let app: TestApp;
let tenant: SeededTenant & { taxonomy: SeededTaxonomy };
let other: SeededTaxonomy;
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
  other = await tenant.createTaxonomy(['apple', 'cat'], { name: 'other' });
  const images = Array.from({ length: 60 }, (_, index) => examples[index % examples.length]!);
  const references = images.map((_, index) => `picture-${index}`);
  await classify(app, { key: tenant.key, images, references, taxonomies: ['animals', 'other'] });
  await classify(app, { key: tenant.key, images: [examples[0]!], references: ['later'] });
});
afterAll(() => app.stop());

interface Node {
  id: string;
  reference: string;
  createdAt: string;
  taxonomyVersion: { id: string; taxonomy: { id: string } };
  top: { score: number; label: { key: string } };
}

interface Page {
  classifications: {
    nodes: Node[];
    edges: { cursor: string }[];
    pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string };
  };
}

const PAGE = `query ($first: Int, $after: String, $last: Int, $before: String, $filter: ClassificationFilter) {
  classifications(first: $first, after: $after, last: $last, before: $before, filter: $filter) {
    nodes { id reference createdAt taxonomyVersion { id taxonomy { id } } top { score label { key } } }
    edges { cursor }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`;
const page = async (variables: Record<string, unknown>, key = tenant.key) =>
  (await app.graphql<Page>(PAGE, variables, key)).classifications;

/** All that a filter finds, the newest first. */
async function find(filter: Record<string, unknown>): Promise<Node[]> {
  const nodes: Node[] = [];
  let after: string | null = null;
  for (;;) {
    const one = await page({ first: 100, after, filter });
    nodes.push(...one.nodes);
    if (!one.pageInfo.hasNextPage) return nodes;
    after = one.pageInfo.endCursor;
  }
}

/** The score of the one in the middle, by its score. */
function middle(all: Node[]): number {
  const scores = all.map(({ top }) => top.score).toSorted((a, b) => a - b);
  return scores[Math.floor(scores.length / 2)]!;
}

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
    expect(forwards).toHaveLength(121);
    expect(new Set(forwards).size).toBe(121);
    expect(forwards).toEqual(forwards.toSorted().toReversed());
    expect(await readAll('last')).toEqual(forwards.toReversed());
  });

  it.each<[string, (all: Node[]) => Record<string, unknown>, (node: Node, all: Node[]) => boolean]>([
    [
      'a taxonomy',
      () => ({ taxonomyId: other.id }),
      ({ taxonomyVersion: { taxonomy } }) => taxonomy.id === other.id,
    ],
    [
      'a version',
      (all) => ({ taxonomyVersionId: all.at(-1)!.taxonomyVersion.id }),
      ({ taxonomyVersion }, all) => taxonomyVersion.id === all.at(-1)!.taxonomyVersion.id,
    ],
    ['the best label', () => ({ topLabelKey: 'dog' }), ({ top }) => top.label.key === 'dog'],
    ['a reference', () => ({ reference: 'picture-7' }), ({ reference }) => reference === 'picture-7'],
    ['a least score', (all) => ({ minScore: middle(all) }), ({ top }, all) => top.score >= middle(all)],
    ['a greatest score', (all) => ({ maxScore: middle(all) }), ({ top }, all) => top.score <= middle(all)],
    [
      'the first time',
      (all) => ({ createdFrom: all[0]!.createdAt }),
      ({ createdAt }, all) => createdAt >= all[0]!.createdAt,
    ],
    [
      'the time before which',
      (all) => ({ createdBefore: all[0]!.createdAt }),
      ({ createdAt }, all) => createdAt < all[0]!.createdAt,
    ],
    [
      'several at once',
      () => ({ taxonomyId: tenant.taxonomy.id, topLabelKey: 'cat', reference: 'picture-0' }),
      ({ taxonomyVersion, top, reference }) =>
        taxonomyVersion.taxonomy.id === tenant.taxonomy.id &&
        top.label.key === 'cat' &&
        reference === 'picture-0',
    ],
  ])('filters by %s: finds all that match and nothing else', async (_, filter, matches) => {
    const all = await find({});
    const expected = all.filter((node) => matches(node, all)).map(({ id }) => id);
    expect(expected.length).toBeGreaterThan(0);
    expect(expected.length).toBeLessThan(all.length);
    expect((await find(filter(all))).map(({ id }) => id)).toEqual(expected);
  });

  it('finds nothing where nothing matches', async () => {
    expect(await find({ reference: 'no picture' })).toEqual([]);
    expect(await find({ createdFrom: '2999-01-01T00:00:00Z' })).toEqual([]);
  });

  it('names the argument that holds a cursor of another list', async () => {
    for (const [size, name] of [
      ['first', 'after'],
      ['last', 'before'],
    ]) {
      const variables = { [size!]: 1, [name!]: 'abc' };
      const { errors } = await app.send({ query: PAGE, variables, key: tenant.key });
      expect(errors[0]!.message).toContain(`'${name}' must be a cursor`);
    }
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
