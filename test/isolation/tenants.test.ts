import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seed, type SeededTaxonomy, type SeededTenant } from '../support/seed.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';

let app: TestApp;
let a: SeededTenant & { taxonomy: SeededTaxonomy };
let b: SeededTenant & { taxonomy: SeededTaxonomy };

beforeAll(async () => {
  app = await startTestApp();
  a = await seed(app).withTenant('a').withTaxonomy(['cat', 'dog'], { name: 'shared' });
  b = await seed(app).withTenant('b').withTaxonomy(['tiger'], { name: 'shared' });
});
afterAll(() => app.stop());

/** Every id that a tenant can see, by walking what it owns. */
async function idsOf({ key }: SeededTenant): Promise<string[]> {
  const data = await app.graphql<object>(
    `{
      tenant { id }
      apiKeys(first: 100) { nodes { id } }
      taxonomies(first: 100) {
        nodes { id latestVersion { id labels(first: 100) { nodes { id } } } draft { labels(first: 100) { nodes { id } } } }
      }
    }`,
    {},
    key,
  );
  return [...new Set(JSON.stringify(data).match(/[a-z]+_[0-9a-z]{26}/g))];
}

describe('two tenants with a taxonomy of the same name', () => {
  it('each find their own under the name', async () => {
    const query = `{ taxonomy(by: { name: "shared" }) { id latestVersion { labelCount labels(first: 9) { nodes { key } } } } }`;
    const mine = await app.graphql<{ taxonomy: object }>(query, {}, a.key);
    const theirs = await app.graphql<{ taxonomy: object }>(query, {}, b.key);
    expect(mine.taxonomy).toEqual({
      id: a.taxonomy.id,
      latestVersion: { labelCount: 2, labels: { nodes: [{ key: 'cat' }, { key: 'dog' }] } },
    });
    expect(theirs.taxonomy).toEqual({
      id: b.taxonomy.id,
      latestVersion: { labelCount: 1, labels: { nodes: [{ key: 'tiger' }] } },
    });
  });

  it('count and list their own only', async () => {
    const query =
      '{ taxonomies(first: 100) { totalCount nodes { id } } apiKeys(first: 100) { nodes { name } } }';
    expect(await app.graphql(query, {}, a.key)).toEqual({
      taxonomies: { totalCount: 1, nodes: [{ id: a.taxonomy.id }] },
      apiKeys: { nodes: [{ name: 'first key' }] },
    });
  });

  it('get null for each id of the other, and the object for their own', async () => {
    const ids = [...(await idsOf(a)), ...(await idsOf(b))];
    const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }';
    const { nodes } = await app.graphql<{ nodes: ({ id: string } | null)[] }>(query, { ids }, a.key);
    const own = await idsOf(a);
    expect(nodes.map((node) => node?.id ?? null)).toEqual(ids.map((id) => (own.includes(id) ? id : null)));
    expect(own.length).toBeGreaterThan(5);
  });

  it('cannot tell a foreign id from one that never was', async () => {
    const query = `query ($id: ID!) { node(id: $id) { id } taxonomy(by: { id: $id }) { id } }`;
    const absent = 'taxonomy_01h2xcejqtf2nbrexx3vqjhp41';
    for (const id of [b.taxonomy.id, absent, 'nonsense', 'constructor_01h2xcejqtf2nbrexx3vqjhp41', '']) {
      const answer = await app.graphql<object>(query, { id }, a.key);
      expect({ id, ...answer }).toEqual({ id, node: null, taxonomy: null });
    }
  });

  it('cannot change what is the other’s', async () => {
    const publish = `mutation ($id: ID!) {
      publishTaxonomy(input: { taxonomyId: $id, expectedRevision: 1 }) { version { id } userErrors { code } }
    }`;
    const refused = { version: null, userErrors: [{ code: 'NOT_FOUND' }] };
    expect(await app.graphql(publish, { id: b.taxonomy.id }, a.key)).toEqual({ publishTaxonomy: refused });
    const foreignKeys = await app.graphql<{ apiKeys: { nodes: { id: string }[] } }>(
      '{ apiKeys(first: 1) { nodes { id } } }',
      {},
      b.key,
    );
    const { id } = foreignKeys.apiKeys.nodes[0]!;
    const revoke =
      'mutation ($id: ID!) { revokeApiKey(input: { id: $id }) { apiKey { id } userErrors { code } } }';
    expect(await app.graphql(revoke, { id }, a.key)).toEqual({
      revokeApiKey: { apiKey: null, userErrors: [{ code: 'NOT_FOUND' }] },
    });
    expect(await app.graphql('{ viewer { isOperator } }', {}, b.key)).toEqual({
      viewer: { isOperator: false },
    });
  });

  it('see nothing of the other through its cursors', async () => {
    const query = `query ($after: String) { apiKeys(first: 100, after: $after) { nodes { id } pageInfo { endCursor } } }`;
    type Page = { apiKeys: { nodes: { id: string }[]; pageInfo: { endCursor: string } } };
    const theirs = await app.graphql<Page>(query, { after: null }, b.key);
    const mine = await app.graphql<Page>(query, { after: theirs.apiKeys.pageInfo.endCursor }, a.key);
    const own = await idsOf(a);
    expect(mine.apiKeys.nodes.every(({ id }) => own.includes(id))).toBe(true);
  });

  it('cannot reach the other with a key that names it', async () => {
    const [, tenantOfB] = b.key.split('_');
    const [, tenantOfA, rest] = a.key.split('_');
    const { status } = await app.send({
      query: '{ viewer { isOperator } }',
      key: `txl_${tenantOfB}_${rest}`,
    });
    expect(tenantOfA).not.toBe(tenantOfB);
    expect(status).toBe(401);
  });
});
