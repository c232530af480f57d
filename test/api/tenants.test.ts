import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seed } from '../support/seed.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const CREATE = `mutation ($name: String!) {
  createTenant(input: { name: $name }) {
    tenant { id name createdAt } adminKey { secret apiKey { scopes hint } } userErrors { code path }
  }
}`;

interface Created {
  createTenant: {
    tenant: { id: string; name: string } | null;
    adminKey: { secret: string; apiKey: { scopes: string[]; hint: string } } | null;
    userErrors: { code: string; path: string[] }[];
  };
}

describe('createTenant', () => {
  it('gives the tenant a first key of scope ADMIN, whose secret works', async () => {
    const { createTenant } = await app.graphql<Created>(CREATE, { name: 'acme' }, app.operatorKey);
    expect(createTenant.userErrors).toEqual([]);
    expect(createTenant.tenant!.id).toMatch(/^tenant_[0-9a-z]{26}$/);
    const { secret, apiKey } = createTenant.adminKey!;
    expect(apiKey).toEqual({ scopes: ['ADMIN'], hint: secret.slice(-4) });
    const { viewer } = await app.graphql<{ viewer: object }>(
      '{ viewer { isOperator scopes tenant { id name } apiKey { name } } }',
      {},
      secret,
    );
    expect(viewer).toEqual({
      isOperator: false,
      scopes: ['ADMIN'],
      tenant: { id: createTenant.tenant!.id, name: 'acme' },
      apiKey: { name: 'first key' },
    });
  });

  it('tells a name that is taken as a user error', async () => {
    await seed(app).withTenant('taken').alone();
    const { createTenant } = await app.graphql<Created>(CREATE, { name: 'taken' }, app.operatorKey);
    expect(createTenant).toEqual({
      tenant: null,
      adminKey: null,
      userErrors: [{ code: 'NAME_TAKEN', path: ['name'] }],
    });
  });

  it.each(['', ' acme', 'a'.repeat(201)])('refuses the name %j', async (name) => {
    const { createTenant } = await app.graphql<Created>(CREATE, { name }, app.operatorKey);
    expect(createTenant.userErrors).toEqual([{ code: 'INVALID_INPUT', path: ['name'] }]);
  });

  it('is for the operator only', async () => {
    const { key } = await seed(app).withTenant('not-operator').alone();
    const { status, errors } = await app.send({ query: CREATE, variables: { name: 'x' }, key });
    expect(status).toBe(403);
    expect(errors[0]!.extensions.code).toBe('FORBIDDEN');
  });
});

describe('the operator', () => {
  it('pages through all tenants, the newest first, in both directions', async () => {
    for (const name of ['page-1', 'page-2', 'page-3']) await seed(app).withTenant(name).alone();
    interface Page {
      tenants: { nodes: { name: string }[]; pageInfo: { hasNextPage: boolean; endCursor: string } };
    }
    const query = `query ($first: Int, $after: String, $last: Int, $before: String) {
      tenants(first: $first, after: $after, last: $last, before: $before) {
        nodes { name } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      }
    }`;
    const one = await app.graphql<Page>(query, { first: 2 }, app.operatorKey);
    expect(one.tenants.nodes.map(({ name }) => name)).toEqual(['page-3', 'page-2']);
    const { endCursor: after } = one.tenants.pageInfo;
    const two = await app.graphql<Page>(query, { first: 1, after }, app.operatorKey);
    expect(two.tenants.nodes).toEqual([{ name: 'page-1' }]);
    const before = two.tenants.pageInfo.endCursor;
    const back = await app.graphql<Page>(query, { last: 1, before }, app.operatorKey);
    expect(back.tenants.nodes).toEqual([{ name: 'page-2' }]);
  });

  it('sees tenants and nothing inside them', async () => {
    const { id } = await seed(app).withTenant('seen').alone();
    const { node } = await app.graphql<{ node: object }>(
      'query ($id: ID!) { node(id: $id) { __typename id } }',
      { id },
      app.operatorKey,
    );
    expect(node).toEqual({ __typename: 'Tenant', id });
    const { errors } = await app.send({
      query: '{ apiKeys(first: 1) { nodes { id } } }',
      key: app.operatorKey,
    });
    expect(errors[0]!.extensions.code).toBe('FORBIDDEN');
  });

  it('has no tenant of its own', async () => {
    const data = await app.graphql(
      '{ tenant { id } viewer { isOperator tenant { id } scopes apiKey { id } } }',
      {},
      app.operatorKey,
    );
    expect(data).toEqual({
      tenant: null,
      viewer: { isOperator: true, tenant: null, scopes: [], apiKey: null },
    });
  });
});
