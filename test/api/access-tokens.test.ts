import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withClient } from '../support/database.ts';
import { fetchFromPage } from '../support/page.ts';
import { seed, type SeededTenant } from '../support/seed.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';

const ORIGIN = 'https://app.example';
const FRIEND = 'https://admin.example';
const FOREIGN = 'https://evil.example';

let app: TestApp;
let tenant: SeededTenant;
beforeAll(async () => {
  app = await startTestApp({ allowedOrigins: [FRIEND] });
  tenant = await seed(app).withTenant('tokens').alone();
});
afterAll(() => app.stop());

interface Minted {
  token: string | null;
  expiresAt: string | null;
  userErrors: { code: string; path: string[] }[];
}

const INPUT = { scopes: ['CLASSIFY'], ttlSeconds: 60, origins: [ORIGIN] };
const MINT = `mutation ($input: CreateAccessTokenInput!) {
  createAccessToken(input: $input) { token expiresAt userErrors { code path } }
}`;

const mint = async (input: object = {}, key = tenant.key) => {
  const variables = { input: { ...INPUT, ...input } };
  const data = await app.graphql<{ createAccessToken: Minted }>(MINT, variables, key);
  return data.createAccessToken;
};
const mintToken = async (input: object = {}, key = tenant.key) => (await mint(input, key)).token!;

const codeFor = async (key: string, query = '{ viewer { isOperator } }') =>
  (await app.send({ query, key })).errors[0]?.extensions.code ?? 'OK';

describe('createAccessToken', () => {
  it('mints a token that says who it is for and how long', async () => {
    const { token, expiresAt, userErrors } = await mint();
    expect(userErrors).toEqual([]);
    expect(token).toMatch(/^txlat_/);
    const lifeMs = Date.parse(expiresAt!) - Date.now();
    expect(lifeMs).toBeGreaterThan(55_000);
    expect(lifeMs).toBeLessThanOrEqual(60_000);
    const { viewer } = await app.graphql<{ viewer: unknown }>(
      '{ viewer { scopes tenant { id } accessToken { expiresAt origins } } }',
      {},
      token!,
    );
    expect(viewer).toEqual({
      scopes: ['CLASSIFY'],
      tenant: { id: tenant.id },
      accessToken: { expiresAt, origins: [ORIGIN] },
    });
  });

  it.each([
    [{ ttlSeconds: 59 }, 'ttlSeconds'],
    [{ ttlSeconds: 86_401 }, 'ttlSeconds'],
    [{ scopes: [] }, 'scopes'],
    [{ origins: [] }, 'origins'],
    [{ origins: Array.from({ length: 21 }, (_, index) => `https://a${index}.example`) }, 'origins'],
    [{ origins: ['https://app.example/path'] }, 'origins'],
    [{ origins: ['https://user@app.example'] }, 'origins'],
    [{ origins: ['javascript:alert(1)'] }, 'origins'],
    [{ origins: ['*'] }, 'origins'],
  ])('refuses %j and names %s', async (input, field) => {
    const { token, userErrors } = await mint(input);
    expect(token).toBeNull();
    expect(userErrors).toMatchObject([{ code: 'INVALID_INPUT' }]);
    expect(userErrors[0]!.path[0]).toBe(field);
  });

  it('gives no scope that the key lacks', async () => {
    const key = await tenant.createKey('CLASSIFY');
    expect((await mint({ scopes: ['TAXONOMY_READ'] }, key)).userErrors).toMatchObject([{ path: ['scopes'] }]);
    expect((await mint({}, key)).token).not.toBeNull();
  });

  it.each([
    MINT.replace('($input: CreateAccessTokenInput!)', '').replace(
      '$input',
      `{ scopes: [CLASSIFY], ttlSeconds: 60, origins: ["${ORIGIN}"] }`,
    ),
    'mutation { createApiKey(input: { name: "x", scopes: [CLASSIFY] }) { secret } }',
    'mutation { rotateApiKey(input: { id: "x" }) { secret } }',
  ])('a token makes no credential that would outlive it: %s', async (query) => {
    expect(await codeFor(await mintToken({ scopes: ['ADMIN'] }), query)).toBe('FORBIDDEN');
  });
});

describe('a token', () => {
  it('does what its scopes say and no more', async () => {
    const token = await mintToken();
    expect(await codeFor(token, '{ classifications(first: 1) { nodes { id } } }')).toBe('OK');
    expect(await codeFor(token, '{ taxonomies(first: 1) { nodes { id } } }')).toBe('FORBIDDEN');
  });

  it('is void from the next request on when its key is revoked', async () => {
    const key = await tenant.createKey('CLASSIFY');
    const token = await mintToken({}, key);
    const { viewer } = await app.graphql<{ viewer: { apiKey: { id: string } } }>(
      '{ viewer { apiKey { id } } }',
      {},
      token,
    );
    const revoke = 'mutation ($id: ID!) { revokeApiKey(input: { id: $id }) { userErrors { code } } }';
    await app.graphql(revoke, { id: viewer.apiKey.id }, tenant.key);
    expect(await codeFor(token)).toBe('UNAUTHENTICATED');
  });

  it('is void when its key expires', async () => {
    const key = await tenant.createKey('CLASSIFY');
    const token = await mintToken({}, key);
    expect(await codeFor(token)).toBe('OK');
    await withClient(app.database.superuserUrl, (client) =>
      client.query(`update api_key set expires_at = now() - interval '1 second' where hint = $1`, [
        key.slice(-4),
      ]),
    );
    expect(await codeFor(token)).toBe('UNAUTHENTICATED');
  });

  it('that was changed, or signed by another, is unknown', async () => {
    const token = await mintToken();
    const [body, signature] = token.split('.') as [string, string];
    const claims = Buffer.from(body.slice('txlat_'.length), 'base64url').toString();
    const forged = `txlat_${Buffer.from(claims.replace('CLASSIFY', 'ADMIN')).toString('base64url')}`;
    const resigned = createHmac('sha256', 'another secret').update(forged).digest('base64url');
    for (const wrong of [`${forged}.${signature}`, `${forged}.${resigned}`, body, `${body}.`, `${token}x`]) {
      expect(await codeFor(wrong)).toBe('UNAUTHENTICATED');
    }
  });

  it('leaves nothing in the database', async () => {
    const before = await snapshot();
    await mintToken();
    expect(await snapshot()).toEqual(before);
  });
});

const snapshot = () =>
  withClient(app.database.superuserUrl, async (client) => {
    const { rows } = await client.query<{ count: string }>(
      `select count(*) from api_key union all select count(*) from installation`,
    );
    return rows;
  });

const query = (origin: string, key: string, method = 'POST') =>
  fetchFromPage({
    url: `${app.url}/graphql${method === 'GET' ? '?query={__typename}' : ''}`,
    origin,
    method,
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(method === 'POST' && { body: '{"query":"{ __typename }"}' }),
  });

describe('a web page of another origin', () => {
  it.each(['GET', 'POST'])(
    'uses a token of its own by %s, after a preflight without credential',
    async (method) => {
      const response = await query(ORIGIN, await mintToken(), method);
      expect([response.status, await response.json()]).toMatchObject([
        200,
        { data: { __typename: 'Query' } },
      ]);
    },
  );

  it('uploads with a token', async () => {
    const form = new FormData();
    form.append('operations', '{"query":"{ __typename }"}');
    form.append('map', '{}');
    const response = await fetchFromPage({
      url: `${app.url}/graphql`,
      origin: ORIGIN,
      headers: { authorization: `Bearer ${await mintToken()}`, 'apollo-require-preflight': '1' },
      body: form,
    });
    expect(response.status).toBe(200);
  });

  it('may not use a token of other origins, and can read why', async () => {
    const token = await mintToken({ origins: [ORIGIN, 'http://localhost:5173'] });
    expect((await query('http://localhost:5173', token)).status).toBe(200);
    for (const origin of [FOREIGN, FRIEND, 'http://app.example', `${ORIGIN}:8443`, 'null', app.url]) {
      const response = await query(origin, token);
      expect([response.status, await response.json()]).toMatchObject([
        403,
        { errors: [{ extensions: { code: 'FORBIDDEN' } }] },
      ]);
    }
  });

  it('may use a key where TAXOLENS_ALLOWED_ORIGINS or the server itself is its origin', async () => {
    expect((await query(FRIEND, tenant.key)).status).toBe(200);
    expect((await query(app.url, tenant.key)).status).toBe(200);
    for (const origin of [ORIGIN, FOREIGN, 'null'])
      expect((await query(origin, tenant.key)).status).toBe(403);
  });

  it('can read that its credential is void', async () => {
    const response = await query(FOREIGN, 'txlat_void.void');
    expect(response.status).toBe(401);
    expect(response.headers.get('access-control-expose-headers')).toContain('Retry-After');
  });
});
