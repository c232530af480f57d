import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { recordStatements } from '../support/record-statements.ts';
import { seed } from '../support/seed.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';
import { taxonomyClient, toLabelInputs, type TaxonomyClient } from '../support/taxonomy-client.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

async function clientOf(tenantName: string): Promise<TaxonomyClient> {
  const { key } = await seed(app).withTenant(tenantName).alone();
  return taxonomyClient(app, key);
}

async function create(client: TaxonomyClient, name: string, ...edges: string[]): Promise<string> {
  const { taxonomy } = await client.mutate('createTaxonomy', { name, labels: toLabelInputs(...edges) });
  return taxonomy!.id;
}

/** A root, ten groups below it and ten labels in each: 111 labels. */
function threeLevels(): string[] {
  const groups = Array.from({ length: 10 }, (_, i) => `root>group ${i}`);
  const labels = groups.flatMap((_, i) => Array.from({ length: 10 }, (_, j) => `group ${i}>label ${i}-${j}`));
  return ['root', ...groups, ...labels];
}

/** What a transaction itself takes: begin, the tenant, commit. */
const isFrame = (sql: string) => /^(begin|commit)|set_config/i.test(sql.trim());

interface Page {
  edges: { cursor: string; node: { key: string } }[];
  pageInfo: {
    hasNextPage: boolean;
    hasPreviousPage: boolean;
    startCursor: string | null;
    endCursor: string | null;
  };
  totalCount: number;
}

const LABELS = `labels(first: $first, after: $after, last: $last, before: $before) {
  edges { cursor node { key } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } totalCount
}`;

/** Reads labels of the draft, or of the latest version. */
async function readPage(
  client: TaxonomyClient,
  id: string,
  of: 'draft' | 'latestVersion',
  page: object,
): Promise<Page> {
  const query = `query ($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
    taxonomy(by: { id: $id }) { ${of} { ${LABELS} } }
  }`;
  const { taxonomy } = await client.query<{ taxonomy: Record<string, { labels: Page }> }>(query, {
    id,
    ...page,
  });
  return taxonomy[of]!.labels;
}

describe('taxonomies', () => {
  const query = `query ($first: Int, $after: String, $filter: TaxonomyFilter, $orderBy: TaxonomyOrder! = CREATED_AT_DESC) {
    taxonomies(first: $first, after: $after, filter: $filter, orderBy: $orderBy) {
      totalCount nodes { name } pageInfo { hasNextPage endCursor }
    }
  }`;
  interface List {
    taxonomies: {
      totalCount: number;
      nodes: { name: string }[];
      pageInfo: { hasNextPage: boolean; endCursor: string };
    };
  }
  let client: TaxonomyClient;
  beforeAll(async () => {
    client = await clientOf('lists');
    for (const name of ['beta', 'alpha', 'gamma_1', 'gammaX1']) await create(client, name);
    const { taxonomy } = await client.mutate('createTaxonomy', { name: 'old' });
    await client.mutate('archiveTaxonomy', { id: taxonomy!.id, expectedRevision: 1 });
  });
  const list = async (variables: object) => {
    const { taxonomies } = await client.query<List>(query, { first: 10, ...variables });
    return taxonomies;
  };
  const namesOf = ({ nodes }: List['taxonomies']) => nodes.map(({ name }) => name);

  it('are listed the newest first or by name, archived ones apart', async () => {
    expect(namesOf(await list({}))).toEqual(['gammaX1', 'gamma_1', 'alpha', 'beta']);
    const byName = namesOf(await list({ orderBy: 'NAME_ASC' }));
    expect(byName.slice(0, 2)).toEqual(['alpha', 'beta']);
    expect(await list({ filter: { archived: true } })).toMatchObject({
      totalCount: 1,
      nodes: [{ name: 'old' }],
    });
  });

  it.each(['CREATED_AT_DESC', 'NAME_ASC'])('page by %s, also while others are created', async (orderBy) => {
    const whole = namesOf(await list({ orderBy }));
    const one = await list({ orderBy, first: 2 });
    await create(client, `aaa ${orderBy}`);
    const two = await list({ orderBy, after: one.pageInfo.endCursor });
    expect([...namesOf(one), ...namesOf(two)]).toEqual(whole);
  });

  it('are found by a part of their name, taken as it is', async () => {
    expect(namesOf(await list({ filter: { nameContains: 'GAMMA_' } }))).toEqual(['gamma_1']);
  });

  it('refuse a cursor of another order', async () => {
    const { pageInfo } = await list({ first: 1 });
    const variables = { first: 1, after: pageInfo.endCursor, orderBy: 'NAME_ASC' };
    const { errors } = await app.send({ query, variables, key: client.key });
    expect(errors[0]!.extensions.code).toBe('INVALID_INPUT');
  });

  it('are found by id or name; absent, foreign and malformed ones are null', async () => {
    const other = await create(await clientOf('others'), 'mine');
    const query = 'query ($by: TaxonomyBy!) { taxonomy(by: $by) { name } }';
    expect(await client.query(query, { by: { name: 'alpha' } })).toEqual({ taxonomy: { name: 'alpha' } });
    for (const by of [{ name: 'mine' }, { id: other }, { id: 'taxonomy_?' }, { id: 'x' }]) {
      expect(await client.query(query, { by })).toEqual({ taxonomy: null });
    }
  });
});

describe('labels', () => {
  let client: TaxonomyClient;
  let id: string;
  beforeAll(async () => {
    client = await clientOf('labels');
    id = await create(client, 'tree', ...threeLevels().toReversed());
    await client.publish(id);
  });

  it.each(['draft', 'latestVersion'] as const)(
    'of the %s are paged depth first in both directions',
    async (of) => {
      const whole = await readPage(client, id, of, { first: 1000 });
      expect(whole).toMatchObject({
        totalCount: 111,
        pageInfo: { hasNextPage: false, hasPreviousPage: false },
      });
      const keys = whole.edges.map(({ node }) => node.key);
      expect(keys.slice(0, 3)).toEqual(['root', 'group 9', 'label 9-9']);
      const forwards: string[] = [];
      for (let after: string | null = null; ;) {
        const page: Page = await readPage(client, id, of, { first: 50, after });
        forwards.push(...page.edges.map(({ node }) => node.key));
        if (!page.pageInfo.hasNextPage) break;
        after = page.pageInfo.endCursor;
      }
      expect(forwards).toEqual(keys);
      const last = await readPage(client, id, of, { last: 20, before: whole.edges[50]!.cursor });
      expect(last.edges.map(({ node }) => node.key)).toEqual(keys.slice(30, 50));
      expect(last.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
    },
  );

  it('of a draft go on at the cursor when its label has gone', async () => {
    const copy = await create(client, 'shrinking', 'a', 'b', 'b>c', 'd');
    const page = await readPage(client, copy, 'draft', { first: 3 });
    await client.edit('removeLabels', copy, { keys: ['b'] });
    const next = await readPage(client, copy, 'draft', { first: 3, after: page.pageInfo.endCursor });
    expect(next.edges.map(({ node }) => node.key)).toEqual(['d']);
  });

  it.each([{ first: 0 }, { first: 1001 }, {}, { first: 1, last: 1 }, { first: 1, after: 'nonsense' }])(
    'refuse the page %j',
    async (page) => {
      const query = `query ($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
        taxonomy(by: { id: $id }) { draft { ${LABELS} } }
      }`;
      const { errors } = await app.send({ query, variables: { id, ...page }, key: client.key });
      expect(errors[0]!.extensions.code).toBe('INVALID_INPUT');
    },
  );

  it('know their parent, children and path', async () => {
    const query = `query ($id: ID!) { taxonomy(by: { id: $id }) { draft { labels(first: 3) {
      nodes { key parent { key } children { key } path { key } }
    } } } }`;
    type Keyed = { key: string };
    type Label = Keyed & { parent: Keyed | null; children: Keyed[]; path: Keyed[] };
    const { taxonomy } = await client.query<{ taxonomy: { draft: { labels: { nodes: Label[] } } } }>(query, {
      id,
    });
    const [root, group, leaf] = taxonomy.draft.labels.nodes;
    expect(root).toMatchObject({ parent: null, path: [{ key: 'root' }] });
    expect(root!.children.map(({ key }) => key).slice(0, 2)).toEqual(['group 9', 'group 8']);
    expect(group!.children).toHaveLength(10);
    expect(leaf).toEqual({
      key: 'label 9-9',
      parent: { key: 'group 9' },
      children: [],
      path: [{ key: 'root' }, { key: 'group 9' }, { key: 'label 9-9' }],
    });
  });

  it.each(['draft', 'latestVersion'])('of the %s cost a constant number of statements a page', async (of) => {
    const read = (first: number) => () =>
      client.query(
        `query ($id: ID!, $first: Int!) { taxonomy(by: { id: $id }) { ${of} { labels(first: $first) {
          totalCount nodes { name parent { name } children { name } path { name } }
        } } } }`,
        { id, first },
      );
    const few = await recordStatements(read(2));
    const many = await recordStatements(read(100));
    const queries = many.filter((sql) => !isFrame(sql));
    console.log(
      `100 labels of the ${of} with name, parent, children, path: ${queries.length} queries, ${many.length} in all`,
    );
    expect(many).toHaveLength(few.length);
    expect(queries.length).toBeLessThanOrEqual(10);
  });

  it('have a name in the language asked for, else in the default one', async () => {
    const labels = [
      {
        key: 'k',
        names: [
          { language: 'en', text: 'cat' },
          { language: 'zh-TW', text: '貓' },
        ],
      },
    ];
    await client.mutate('createTaxonomy', { name: 'names', labels });
    const query = `{ taxonomy(by: { name: "names" }) { draft { labels(first: 1) { nodes {
      name british: name(language: "en-GB") chinese: name(language: "zh") german: name(language: "de")
    } } } } }`;
    const nodes = [{ name: 'cat', british: 'cat', chinese: '貓', german: 'cat' }];
    expect(await client.query(query)).toEqual({ taxonomy: { draft: { labels: { nodes } } } });
  });

  it('and versions are nodes', async () => {
    const query =
      'query ($id: ID!) { taxonomy(by: { id: $id }) { latestVersion { id labels(first: 1) { nodes { id } } } } }';
    type Version = { id: string; labels: { nodes: { id: string }[] } };
    const { taxonomy } = await client.query<{ taxonomy: { latestVersion: Version } }>(query, { id });
    const ids = [taxonomy.latestVersion.id, taxonomy.latestVersion.labels.nodes[0]!.id];
    const data = await client.query('query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }', { ids });
    expect(data).toEqual({
      nodes: [
        { __typename: 'TaxonomyVersion', id: ids[0] },
        { __typename: 'Label', id: ids[1] },
      ],
    });
  });
});

describe('a page of taxonomies', () => {
  it('costs the same statements for their versions, drafts and labels, however long it is', async () => {
    const client = await clientOf('many taxonomies');
    for (let index = 0; index < 12; index++) await create(client, `taxonomy ${index}`, 'root', 'root>leaf');
    const read = (first: number) => () =>
      client.query(
        `query ($first: Int!) { taxonomies(first: $first) { nodes {
          name latestVersion { number } versions(first: 2) { nodes { number labels(first: 2) { nodes { key } } } }
          draft { revision labelCount labels(first: 2) { nodes { key path { key } } } promptTemplates { text } }
        } } }`,
        { first },
      );
    const few = await recordStatements(read(2));
    const many = await recordStatements(read(12));
    expect(many).toHaveLength(few.length);
  });
});
