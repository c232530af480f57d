import { serverAudits, type AuditResult } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seed, type SeededTenant } from '../support/seed.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';

let app: TestApp;
let tenant: SeededTenant;
beforeAll(async () => {
  app = await startTestApp();
  tenant = await seed(app).withTenant('wire').alone();
});
afterAll(() => app.stop());

const withKey = (url: string, init: RequestInit = {}) => {
  const headers = { ...(init.headers as Record<string, string>), authorization: `Bearer ${tenant.key}` };
  return fetch(url, { ...init, headers });
};

/** What one audit says, without the response that it was judged by. */
const verdictOf = (result: AuditResult) =>
  result.status === 'ok' ? 'ok' : `${result.status}: ${result.name}: ${result.reason}`;

describe('GraphQL over HTTP', () => {
  it('passes every audit of graphql-http, 61 of 61, without a warning', async () => {
    const audits = serverAudits({ url: `${app.url}/graphql`, fetchFn: withKey });
    const results: AuditResult[] = [];
    for (const { fn } of audits) results.push(await fn());
    expect(results.map(verdictOf)).toEqual(Array.from({ length: 61 }, () => 'ok'));
  });
});

const get = (parameters: string | Record<string, string>, headers: Record<string, string> = {}) => {
  const search = new URLSearchParams(parameters).toString();
  return withKey(`${app.url}/graphql?${search}`, { headers });
};

describe('GET', () => {
  it('answers a query, with its variables and operation name', async () => {
    const response = await get({
      query: 'query A { viewer { isOperator } } query B($id: ID!) { node(id: $id) { id } }',
      operationName: 'B',
      variables: JSON.stringify({ id: tenant.id }),
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({ data: { node: { id: tenant.id } } });
  });

  const MUTATION = 'mutation B { revokeApiKey(input: { id: "x" }) { userErrors { code } } }';
  it.each<Record<string, string>>([
    { query: MUTATION },
    { query: `query A { __typename } ${MUTATION}`, operationName: 'B' },
  ])('refuses $query with 405 under both media types', async (parameters) => {
    for (const accept of ['application/json', 'application/graphql-response+json']) {
      const response = await get(parameters, { accept });
      expect([response.status, response.headers.get('allow')]).toEqual([405, 'POST']);
    }
  });

  it.each(['', 'A', 'C'])('runs no mutation where %j is the name of the operation', async (operationName) => {
    const response = await get({ query: MUTATION, operationName });
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'INVALID_INPUT' } }] });
  });

  it.each([
    ['variables that are no JSON', 'query={__typename}&variables={'],
    ['variables that are no object', 'query={__typename}&variables=[]'],
    ['a query that stands twice', 'query={__typename}&query={viewer{isOperator}}'],
    ['no query', 'operationName=x'],
  ])('refuses %s', async (_, parameters) => {
    const response = await get(parameters);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'INVALID_INPUT' } }] });
  });

  it('is nothing without the Authorization header, which no page sends unasked', async () => {
    const response = await fetch(`${app.url}/graphql?query={__typename}`, { headers: { cookie: 'a=b' } });
    expect(response.status).toBe(401);
  });
});

it.each(['PUT', 'DELETE', 'PATCH'])('%s is no method of the API', async (method) => {
  const response = await withKey(`${app.url}/graphql`, { method });
  expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, POST']);
});
