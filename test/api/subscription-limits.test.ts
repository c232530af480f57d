import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AccessTokens } from '../../src/tenancy/access-tokens.ts';
import { toUuid } from '../../src/ids.ts';
import { codesOf, overSocket, overSse, TRANSPORTS } from '../support/live-client.ts';
import { readMetric } from '../support/metrics.ts';
import { until } from '../support/poll.ts';
import { openAs, openRaw } from '../support/raw-socket.ts';
import { seed, type SeededTaxonomy, type SeededTenant } from '../support/seed.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';

const CREATED = `subscription ($taxonomyId: ID!, $after: ID) {
  classificationCreated(taxonomyId: $taxonomyId, after: $after) { id } }`;
const LIMITS = {
  connections: 6,
  connectionsPerTenant: 3,
  subscriptions: 2,
  heartbeatMs: 1_000,
  slowMs: 3_000,
  initMs: 2_000,
  closeMs: 2_000,
};

let app: TestApp;
let tenant: SeededTenant & { taxonomy: SeededTaxonomy };
let request: { query: string; variables: { taxonomyId: string }; key: string };
const open: { stop(): void }[] = [];
beforeAll(async () => {
  app = await startTestApp({}, { live: LIMITS });
  tenant = await seed(app).withTenant('limited').withTaxonomy(['cat', 'dog']);
  request = { query: CREATED, variables: { taxonomyId: tenant.taxonomy.id }, key: tenant.key };
});
afterEach(async () => {
  for (const one of open.splice(0)) one.stop();
  await until('everything is closed', async () => (await openNow()) === 0);
});
afterAll(() => app?.stop());

const openNow = () => readMetric(app.url, 'taxolens_open_subscriptions');
const keep = <T extends { stop(): void }>(one: T): T => {
  open.push(one);
  return one;
};

/** One that has said whose it is. */
const openSocket = async (key: string, options = {}) => keep(await openAs(app.url, key, options));
const subscribe = (id: string, query = CREATED, extensions = {}) => ({
  id,
  type: 'subscribe',
  payload: { query, variables: request.variables, extensions },
});
describe.each(TRANSPORTS)('over %s', (transport, overIt) => {
  it.each([
    ['{ viewer { key { id } } }', 'INVALID_INPUT'],
    ['mutation { revokeApiKey(input: { id: "x" }) { userErrors { code } } }', 'INVALID_INPUT'],
    ['subscription { nothing }', 'INVALID_INPUT'],
    ['subscription {', 'INVALID_INPUT'],
    [
      'subscription ($taxonomyId: Int!) { classificationCreated(taxonomyId: $taxonomyId) { id } }',
      'INVALID_INPUT',
    ],
    [`subscription { classificationCreated(taxonomyId: "x") { ${'id '.repeat(600)} } }`, 'COST_LIMIT'],
    [`subscription { classificationCreated(taxonomyId: "x") { ${'id '.repeat(1100)} } }`, 'COST_LIMIT'],
    [
      `subscription { classificationJobProgress(id: "x") { items(first: 100) { nodes { outcomes { ... on Classification {
        predictions { label { children { names { text } synonyms { text } } } } } } } } } }`,
      'COST_LIMIT',
    ],
  ])('refuses %s', async (query, code) => {
    const subscriber = keep(overIt(app.url, { ...request, query }));
    expect(await subscriber.ended).toBe('complete');
    expect(codesOf(subscriber)).toEqual([code]);
  });

  it('serves so many connections of one tenant, so many in all, and others again when there is room', async () => {
    const fill = async (asked: typeof request, total: number) => {
      const held = [1, 2, 3].map(() => keep(overIt(app.url, asked)));
      await until('they are open', async () => (await openNow()) === total);
      return held;
    };
    const [first] = await fill(request, 3);
    expect(await keep(overIt(app.url, request)).ended).toMatch(/^broken 1013: RATE_LIMITED|^refused 429/);
    const others = await Promise.all(
      ['second', 'third'].map((name) => requestOf(`${name} over ${transport}`)),
    );
    await fill(others[0]!, 6);
    expect(await keep(overIt(app.url, others[1]!)).ended).toMatch(/^broken .*503|^refused 503/);
    first!.stop();
    await until('it is closed', async () => (await openNow()) === 5);
    keep(overIt(app.url, others[1]!));
    await until('there is room again', async () => (await openNow()) === 6);
  });

  it('refuses web pages of origins that the credential is not for', async () => {
    const { token } = await mint(['https://app.example']);
    const from = (origin: string) => keep(overIt(app.url, { ...request, key: token, headers: { origin } }));
    expect(await from('https://evil.example').ended).toMatch(/^broken 4401: FORBIDDEN|^refused 403/);
    from('https://app.example');
    await until('the right one is open', async () => (await openNow()) === 1);
    const page = keep(overIt(app.url, { ...request, headers: { origin: 'https://app.example' } }));
    expect(await page.ended).toMatch(/^broken 4401: FORBIDDEN|^refused 403/);
  });

  it('closes when the token expires', async () => {
    const { accessTokenSecret } = await app.services.db.withOperator((tx) =>
      tx.installation.findFirstOrThrow(),
    );
    const { apiKeys } = await app.graphql<{ apiKeys: { nodes: { id: string }[] } }>(
      '{ apiKeys(first: 1) { nodes { id } } }',
      {},
      tenant.key,
    );
    const viewer = {
      kind: 'key' as const,
      tenantId: toUuid('tenant', tenant.id)!,
      apiKeyId: toUuid('apikey', apiKeys.nodes[0]!.id)!,
      scopes: ['CLASSIFY' as const],
      trustedDocumentsOnly: false,
      expiresAt: null,
    };
    const minuteAgo = new AccessTokens(accessTokenSecret!, () => Date.now() - 58_000);
    const { token, expiresAt } = minuteAgo.mint(viewer, {
      scopes: ['CLASSIFY'],
      ttlSeconds: 60,
      origins: ['https://app.example'],
    });
    const subscriber = keep(overIt(app.url, { ...request, key: token }));
    expect(await subscriber.ended).toMatch(/^broken 4403: UNAUTHENTICATED|^complete/);
    const lateMs = Date.now() - expiresAt.getTime();
    expect(lateMs).toBeGreaterThanOrEqual(0);
    expect(lateMs).toBeLessThan(2_000);
  });
});

async function requestOf(name: string): Promise<typeof request> {
  const { key, taxonomy } = await seed(app).withTenant(name).withTaxonomy(['cat']);
  return { ...request, key, variables: { taxonomyId: taxonomy.id } };
}

async function mint(origins: string[]): Promise<{ token: string }> {
  const { createAccessToken } = await app.graphql<{ createAccessToken: { token: string } }>(
    `mutation ($origins: [URL!]!) { createAccessToken(input: { scopes: [CLASSIFY], ttlSeconds: 60, origins: $origins }) { token } }`,
    { origins },
    tenant.key,
  );
  return createAccessToken;
}

describe('a WebSocket', () => {
  it('has so many subscriptions, and room again when one is completed', async () => {
    const raw = await openSocket(tenant.key);
    for (const id of ['1', '2', '3']) raw.send(subscribe(id));
    expect(await raw.errorOf('3')).toBe('RATE_LIMITED');
    raw.send({ id: '1', type: 'complete' });
    raw.send(subscribe('4'));
    await until('two are open', async () => (await openNow()) === 2);
    expect(raw.messages.filter(({ type }) => type === 'error')).toHaveLength(1);
  });

  it('counts what it is still opening for a client that has completed it already', async () => {
    const raw = await openSocket(tenant.key);
    for (const id of ['1', '2', '3', '4']) {
      raw.send(subscribe(id));
      raw.send({ id, type: 'complete' });
    }
    raw.send(subscribe('5'));
    expect(await raw.errorOf('5')).toBe('RATE_LIMITED');
    await until('none is open', async () => (await openNow()) === 0);
    raw.send(subscribe('6'));
    await until('it is open', async () => (await openNow()) === 1);
  });

  it.each([
    ['another path', { path: '/else' }, '404 NOT_FOUND'],
    ['a bad key in its head', { headers: { authorization: 'Bearer x' } }, '401 UNAUTHENTICATED'],
    ['no word of whose it is', {}, '4408 Connection initialisation timeout'],
  ])('is closed for %s', async (_, options, expected) => {
    expect(await keep(openRaw(app.url, options)).closed).toBe(expected);
  });

  it.each([
    [
      'a message that is too large',
      JSON.stringify({ type: 'ping', payload: { text: 'x'.repeat(100_000) } }),
      '1009 ',
    ],
    ['what is no message', 'nonsense', '4400 Invalid message received'],
    ['a second subscription of the same id', null, '4409 Subscriber for 1 already exists'],
  ])('is closed for %s', async (_, message, expected) => {
    const raw = await openSocket(tenant.key);
    if (message === null) for (const id of ['1', '1']) raw.send(subscribe(id));
    else raw.socket.send(message);
    expect(await raw.closed).toBe(expected);
  });

  it('is closed for the operator key, which has nothing to subscribe to', async () => {
    const subscriber = keep(overSocket(app.url, { ...request, key: app.operatorKey }));
    expect(await subscriber.ended).toMatch(/^broken 4401: FORBIDDEN/);
  });

  it('is pinged, and given up when it does not answer', async () => {
    const raw = await openSocket(tenant.key);
    let pings = 0;
    raw.socket.on('ping', () => (pings += 1));
    await until('it is pinged again and again', () => pings > 2);
    const deaf = await openSocket(tenant.key, { autoPong: false });
    expect(await deaf.closed).toBe('1006 ');
  });

  it('takes registered documents only where the tenant demands it', async () => {
    const strict = await seed(app).withTenant('strict').withTaxonomy(['cat']);
    await app.graphql(
      'mutation { updateTenant(input: { trustedDocumentsOnly: true }) { userErrors { code } } }',
      {},
      strict.key,
    );
    const raw = await openSocket(strict.key);
    raw.send(subscribe('1'));
    expect(await raw.errorOf('1')).toBe('FORBIDDEN');
    raw.send(subscribe('2', '', { documentId: 'sha256:unknown' }));
    expect(await raw.errorOf('2')).toBe('NOT_FOUND');
    const stream = keep(overSse(app.url, { ...request, key: strict.key }));
    expect(await stream.ended).toBe('refused 403');
  });
});

describe('an event stream', () => {
  const ask = (headers: Record<string, string>, body: string | FormData = JSON.stringify(request)) =>
    fetch(`${app.url}/graphql/stream`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tenant.key}`, ...headers },
      body,
    });

  it('is told that it lives', async () => {
    const subscriber = keep(overSse(app.url, request));
    await until('it has heard so', () => subscriber.comments > 2);
    expect(subscriber.received).toEqual([]);
  });

  it.each([
    ['no event stream is wanted', { accept: 'application/json', 'content-type': 'application/json' }, 406],
    ['a page could send it unasked', { accept: 'text/event-stream', 'content-type': 'text/plain' }, 400],
    [
      'it has no credential',
      { accept: 'text/event-stream', 'content-type': 'application/json', authorization: '' },
      401,
    ],
  ])('is refused where %s', async (_, headers, status) => {
    expect((await ask(headers as unknown as Record<string, string>)).status).toBe(status);
  });

  it('is refused for a body that is too large', async () => {
    const body = JSON.stringify({
      query: CREATED,
      variables: { ...request.variables, more: 'x'.repeat(100_000) },
    });
    expect(
      (await ask({ accept: 'text/event-stream', 'content-type': 'application/json' }, body)).status,
    ).toBe(413);
  });
});

it('POST /graphql says where subscriptions are', async () => {
  const { errors } = await app.send({ query: CREATED, variables: request.variables, key: tenant.key });
  expect(errors).toMatchObject([
    { message: expect.stringContaining('graphql/stream'), extensions: { code: 'INVALID_INPUT' } },
  ]);
});

it('clients are told to come back when the server stops, and new ones are refused', async () => {
  const other = await startTestApp();
  const { key, taxonomy } = await seed(other).withTenant('stopped').withTaxonomy(['cat']);
  const asked = { query: CREATED, variables: { taxonomyId: taxonomy.id }, key };
  const socket = overSocket(other.url, asked);
  const stream = overSse(other.url, asked);
  await until(
    'both are open',
    async () => (await readMetric(other.url, 'taxolens_open_subscriptions')) === 2,
  );
  const startedAt = performance.now();
  const stopped = other.stop();
  expect(await socket.ended).toMatch(/^broken 1012: OVERLOADED/);
  expect(await stream.ended).toBe('broken');
  await stopped;
  process.stdout.write(
    `stopped with two subscriptions open in ${Math.round(performance.now() - startedAt)} ms\n`,
  );
});
