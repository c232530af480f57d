import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { classify, readExample } from '../support/classify.ts';
import { withClient } from '../support/database.ts';
import { seed, type SeededTaxonomy, type SeededTenant } from '../support/seed.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';

let app: TestApp;
let tenant: SeededTenant & { taxonomy: SeededTaxonomy };
beforeAll(async () => {
  app = await startTestApp();
  tenant = await seed(app).withTenant('beta 10%').withTaxonomy(['cat', 'dog']);
  await seed(app).withTenant('alpha 100').alone();
  await seed(app).withTenant('Gamma_1').alone();
});
afterAll(() => app.stop());

interface Page<Node> {
  nodes: Node[];
  edges: { cursor: string }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; endCursor: string; startCursor: string };
}

interface Walk {
  /** Of the query. */
  field: string;
  filterType: string;
  orderType: string;
  filter?: object;
  orderBy?: string;
  key: string;
}

const SHAPE = 'edges { cursor } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';

/** The values of `select` over all pages of two, forwards; and the same backwards, which must be their mirror. */
async function walk(select: string, { field, filterType, orderType, filter, orderBy, key }: Walk) {
  const open = async (part: string, cursor: string | null) => {
    const [size, place] = part === 'first' ? ['first', 'after'] : ['last', 'before'];
    const query = `query ($cursor: String, $filter: ${filterType}, $orderBy: ${orderType}!) {
      page: ${field}(${size}: 2, ${place}: $cursor, filter: $filter, orderBy: $orderBy) { nodes { ${select} } ${SHAPE} }
    }`;
    const variables = { cursor, filter, ...(orderBy && { orderBy }) };
    const { page } = await app.graphql<{ page: Page<Record<string, unknown>> }>(query, variables, key);
    return page;
  };
  const forwards: unknown[] = [];
  for (let page = await open('first', null); ; page = await open('first', page.pageInfo.endCursor)) {
    forwards.push(...page.nodes.map((node) => node[select]));
    if (!page.pageInfo.hasNextPage) break;
  }
  const backwards: unknown[] = [];
  for (let page = await open('last', null); ; page = await open('last', page.pageInfo.startCursor)) {
    backwards.unshift(...page.nodes.map((node) => node[select]));
    if (!page.pageInfo.hasPreviousPage) break;
  }
  expect(backwards).toEqual(forwards);
  return forwards;
}

describe('tenants', () => {
  const list = (orderBy: string, filter?: object) =>
    walk('name', {
      field: 'tenants',
      filterType: 'TenantFilter',
      orderType: 'TenantOrder',
      orderBy,
      filter,
      key: app.operatorKey,
    });

  it('are listed by their making or by name', async () => {
    expect(await list('CREATED_AT_DESC')).toEqual(['Gamma_1', 'alpha 100', 'beta 10%']);
    expect(await list('NAME_ASC')).toEqual(['Gamma_1', 'alpha 100', 'beta 10%'].toSorted());
  });

  it.each([
    ['A', ['Gamma_1', 'alpha 100', 'beta 10%']],
    ['10', ['alpha 100', 'beta 10%']],
    ['10%', ['beta 10%']],
    ['a_1', ['Gamma_1']],
    ['none', []],
  ])('are narrowed by a part of their name, which is no pattern: %s', async (nameContains, names) => {
    expect(await list('CREATED_AT_DESC', { nameContains })).toEqual(names);
  });
});

describe('API keys', () => {
  beforeAll(async () => {
    // Four of one name, so that a page ends between equals.
    for (let index = 0; index < 4; index++) await tenant.createKey('CLASSIFY');
    await tenant.createKey('TAXONOMY_READ');
    await withClient(app.database.superuserUrl, (client) =>
      client.query(`
        update api_key set name = 'expired', expires_at = now() - interval '1 second'
          where id = (select max(id::text)::uuid from api_key where name = 'seeded');
        update api_key set name = 'revoked', revoked_at = now()
          where id = (select max(id::text)::uuid from api_key where name = 'seeded');`),
    );
  });

  const list = (orderBy: string, filter?: object, select = 'name') =>
    walk(select, {
      field: 'apiKeys',
      filterType: 'ApiKeyFilter',
      orderType: 'ApiKeyOrder',
      orderBy,
      filter,
      key: tenant.key,
    });

  it('are listed by their making or by name, each once where names are equal', async () => {
    const newestFirst = ['expired', 'revoked', 'seeded', 'seeded', 'seeded', 'first key'];
    expect(await list('CREATED_AT_DESC')).toEqual(newestFirst);
    expect(await list('NAME_ASC')).toEqual(newestFirst.toSorted());
    expect(new Set(await list('NAME_ASC', {}, 'id')).size).toBe(6);
  });

  it.each([
    [{ state: 'USABLE' }, ['seeded', 'seeded', 'seeded', 'first key']],
    [{ state: 'EXPIRED' }, ['expired']],
    [{ state: 'REVOKED' }, ['revoked']],
    [{ scope: 'ADMIN' }, ['first key']],
    [{ nameContains: 'EED', state: 'USABLE', scope: 'CLASSIFY' }, ['seeded', 'seeded', 'seeded']],
  ])('are narrowed by %j', async (filter, names) => {
    expect(await list('CREATED_AT_DESC', filter)).toEqual(names);
  });

  it.each(['USABLE', 'EXPIRED', 'REVOKED'])('say themselves that they are %s', async (state) => {
    expect(new Set(await list('CREATED_AT_DESC', { state }, 'state'))).toEqual(new Set([state]));
  });

  it('take no cursor of another list', async () => {
    const { edges } = (
      await app.graphql<{ tenants: Page<object> }>(
        `{ tenants(first: 1) { nodes { id } ${SHAPE} } }`,
        {},
        app.operatorKey,
      )
    ).tenants;
    const { errors } = await app.send({
      query: 'query ($after: String) { apiKeys(first: 1, after: $after) { nodes { id } } }',
      variables: { after: edges[0]!.cursor },
      key: tenant.key,
    });
    expect(errors[0]!.extensions.code).toBe('INVALID_INPUT');
  });
});

describe('versions', () => {
  it('are listed by number, either way, and narrowed by state', async () => {
    const publish = `mutation ($id: ID!) { publishTaxonomy(input: { taxonomyId: $id, expectedRevision: ${tenant.taxonomy.revision} }) { version { state } } }`;
    await app.graphql(publish, { id: tenant.taxonomy.id }, tenant.key);
    await app.graphql(publish, { id: tenant.taxonomy.id }, tenant.key);
    await withClient(app.database.superuserUrl, async (client) => {
      await client.query(
        `set session_replication_role = replica; update taxonomy_version set state = 'FAILED' where number = 2`,
      );
    });
    const list = async (args: string) => {
      const query = `query ($id: ID!) { taxonomy(by: { id: $id }) { versions(${args}) { nodes { number } } } }`;
      const { taxonomy } = await app.graphql<{ taxonomy: { versions: { nodes: { number: number }[] } } }>(
        query,
        { id: tenant.taxonomy.id },
        tenant.key,
      );
      return taxonomy.versions.nodes.map(({ number }) => number);
    };
    expect(await list('first: 2')).toEqual([3, 2]);
    expect(await list('first: 2, orderBy: NUMBER_ASC')).toEqual([1, 2]);
    expect(await list('last: 2, orderBy: NUMBER_ASC')).toEqual([2, 3]);
    expect(await list('first: 5, filter: { state: READY }')).toEqual([3, 1]);
    expect(await list('first: 5, filter: { state: FAILED }')).toEqual([2]);
  });
});

describe('classifications', () => {
  it('are listed by their making, either way', async () => {
    for (const reference of ['one', 'two', 'three']) {
      await classify(app, {
        images: [readExample('two-cats.jpg')],
        references: [reference],
        key: tenant.key,
      });
    }
    const list = (orderBy: string, filter?: object) =>
      walk('reference', {
        field: 'classifications',
        filterType: 'ClassificationFilter',
        orderType: 'ClassificationOrder',
        orderBy,
        filter,
        key: tenant.key,
      });
    expect(await list('CREATED_AT_DESC')).toEqual(['three', 'two', 'one']);
    expect(await list('CREATED_AT_ASC')).toEqual(['one', 'two', 'three']);
    expect(await list('CREATED_AT_ASC', { reference: 'two' })).toEqual(['two']);
  });
});
