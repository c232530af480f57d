import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { AccessTokens } from '../../src/tenancy/access-tokens.ts';
import { toUuid } from '../../src/ids.ts';
import { classify, readExample } from '../support/classify.ts';
import {
  connectSocket,
  codesOf,
  overSocket,
  overSse,
  socketUrl,
  TRANSPORTS,
  type Subscriber,
} from '../support/live-client.ts';
import { until } from '../support/poll.ts';
import { seed, type SeededTaxonomy, type SeededTenant } from '../support/seed.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';

const cat = readExample('one-cat.png');
const CREATED = `subscription ($taxonomyId: ID!, $after: ID) {
  classificationCreated(taxonomyId: $taxonomyId, after: $after) { id } }`;
const LIMITS = {
  connections: 6,
  connectionsPerTenant: 3,
  subscriptions: 2,
  heartbeatMs: 100,
  slowMs: 300,
  initMs: 200,
  closeMs: 2_000,
};

let app: TestApp;
let tenant: SeededTenant & { taxonomy: SeededTaxonomy };
let request: { query: string; variables: { taxonomyId: string }; key: string };
let open: { stop(): void }[] = [];
beforeAll(async () => {
  app = await startTestApp({}, { live: LIMITS });
  tenant = await seed(app).withTenant('limited').withTaxonomy(['cat', 'dog']);
  request = { query: CREATED, variables: { taxonomyId: tenant.taxonomy.id }, key: tenant.key };
});
afterEach(async () => {
  for (const one of open.splice(0)) one.stop();
  await until('everything is closed', async () => (await metric('taxolens_open_subscriptions')) === 0);
});
afterAll(() => app?.stop());

async function metric(name: string): Promise<number> {
  const text = await (await fetch(`${app.url}/metrics`)).text();
  const lines = [...text.matchAll(new RegExp(`^${name}\\{.*\\} (\\d+)$`, 'gm'))];
  return lines.reduce((sum, [, count]) => sum + Number(count), 0);
}
const keep = <T extends { stop(): void }>(one: T): T => {
  open.push(one);
  return one;
};

/** A bare WebSocket, its messages and how it was closed. */
function openRaw(options: { headers?: Record<string, string>; protocol?: string; path?: string } = {}) {
  const { headers, protocol = 'graphql-transport-ws', path = '' } = options;
  const socket = new WebSocket(`${socketUrl(app.url)}${path}`, protocol, { headers: headers ?? {} });
  const messages: { type: string; id?: string; payload?: { extensions?: { code?: string } }[] }[] = [];
  socket.on('message', (data) => messages.push(JSON.parse(String(data))));
  const closed = new Promise<string>((resolve) => {
    socket.once('close', (code, reason) => resolve(`${code} ${String(reason)}`));
    socket.once('unexpected-response', (_, response) => {
      let text = '';
      response.on('data', (piece: Buffer) => (text += String(piece)));
      response.once('end', () => {
        resolve(
          `${response.statusCode} ${(JSON.parse(text) as { errors: { extensions: { code: string } }[] }).errors[0]!.extensions.code}`,
        );
        socket.terminate();
      });
    });
    socket.on('error', () => {});
  });
  const send = (message: object) => socket.send(JSON.stringify(message));
  return keep({ socket, messages, closed, send, stop: () => socket.terminate() });
}

/** One that has said whose it is. */
async function openAs(key: string) {
  const raw = openRaw();
  raw.socket.once('open', () =>
    raw.send({ type: 'connection_init', payload: { authorization: `Bearer ${key}` } }),
  );
  await until('it is accepted', () => raw.messages.some(({ type }) => type === 'connection_ack'));
  return raw;
}
const subscribe = (id: string, query = CREATED, extensions = {}) => ({
  id,
  type: 'subscribe',
  payload: { query, variables: request.variables, extensions },
});
const errorOf = (raw: Awaited<ReturnType<typeof openAs>>, id: string) =>
  until('it is refused', () =>
    raw.messages.find((message) => message.type === 'error' && message.id === id),
  ).then(({ payload }) => payload![0]!.extensions!.code);

describe.each(TRANSPORTS)('over %s', (_, overIt) => {
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

  it('serves so many connections of one tenant, so many in all, and then others again', async () => {
    const held: Subscriber[] = [];
    const fill = async (key: string, count: number) => {
      for (let index = 0; index < count; index += 1) held.push(keep(overIt(app.url, { ...request, key })));
      await until('they are open', async () => (await metric('taxolens_open_subscriptions')) === held.length);
    };
    await fill(tenant.key, 3);
    const fourth = keep(overIt(app.url, request));
    expect(await fourth.ended).toMatch(/^broken 1013: RATE_LIMITED|^refused 429/);
    for (const [index, name] of ['second', 'third'].entries()) {
      const other = await seed(app).withTenant(`${name} ${_}`).withTaxonomy(['cat']);
      const own = { ...request, key: other.key, variables: { taxonomyId: other.taxonomy.id } };
      const count = index === 0 ? 3 : 1;
      const more = Array.from({ length: count }, () => keep(overIt(app.url, own)));
      if (index === 0) {
        held.push(...more);
        await until('they are open', async () => (await metric('taxolens_open_subscriptions')) === 6);
      } else expect(await more[0]!.ended).toMatch(/^broken|^refused 503/);
    }
    held[0]!.stop();
    await until('it is closed', async () => (await metric('taxolens_open_subscriptions')) === 5);
    keep(overIt(app.url, request));
    await until('there is room again', async () => (await metric('taxolens_open_subscriptions')) === 6);
  });

  it('refuses web pages of origins that the credential is not for', async () => {
    const { token } = await mint(['https://app.example']);
    const from = (origin: string) => keep(overIt(app.url, { ...request, key: token, headers: { origin } }));
    expect(await from('https://evil.example').ended).toMatch(/^broken 4401: FORBIDDEN|^refused 403/);
    from('https://app.example');
    await until('the right one is open', async () => (await metric('taxolens_open_subscriptions')) === 1);
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
      origins: [],
    });
    const subscriber = keep(overIt(app.url, { ...request, key: token }));
    expect(await subscriber.ended).toMatch(/^broken 4403: UNAUTHENTICATED|^complete/);
    const lateMs = Date.now() - expiresAt.getTime();
    expect(lateMs).toBeGreaterThanOrEqual(0);
    expect(lateMs).toBeLessThan(2_000);
  });
});

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
    const raw = await openAs(tenant.key);
    for (const id of ['1', '2', '3']) raw.send(subscribe(id));
    expect(await errorOf(raw, '3')).toBe('RATE_LIMITED');
    raw.send({ id: '1', type: 'complete' });
    raw.send(subscribe('4'));
    await until('two are open', async () => (await metric('taxolens_open_subscriptions')) === 2);
    expect(raw.messages.filter(({ type }) => type === 'error')).toHaveLength(1);
  });

  it.each([
    ['another path', { path: '/else' }, '404 NOT_FOUND'],
    ['a bad key in its head', { headers: { authorization: 'Bearer x' } }, '401 UNAUTHENTICATED'],
    ['another protocol', { protocol: 'graphql-ws' }, '4406 Subprotocol not acceptable'],
    ['no word of whose it is', {}, '4408 Connection initialisation timeout'],
  ])('is closed for %s', async (_, options, expected) => {
    expect(await openRaw(options).closed).toBe(expected);
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
    const raw = await openAs(tenant.key);
    if (message === null) for (const id of ['1', '1']) raw.send(subscribe(id));
    else raw.socket.send(message);
    expect(await raw.closed).toBe(expected);
  });

  it('is closed for the operator key, which has nothing to subscribe to', async () => {
    const subscriber = keep(overSocket(app.url, { ...request, key: app.operatorKey }));
    expect(await subscriber.ended).toMatch(/^broken 4401: FORBIDDEN/);
  });

  it('is pinged, and given up when it does not answer', async () => {
    const raw = await openAs(tenant.key);
    let pings = 0;
    raw.socket.on('ping', () => (pings += 1));
    await until('it is pinged again and again', () => pings > 2);
    const deaf = new WebSocket(socketUrl(app.url), 'graphql-transport-ws', { autoPong: false });
    deaf.once('open', () =>
      deaf.send(
        JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${tenant.key}` } }),
      ),
    );
    const code = await new Promise((resolve) => deaf.once('close', resolve));
    expect(code).toBe(1006);
  });

  it('takes registered documents only where the tenant demands it', async () => {
    const strict = await seed(app).withTenant('strict').withTaxonomy(['cat']);
    await app.graphql(
      'mutation { updateTenant(input: { trustedDocumentsOnly: true }) { userErrors { code } } }',
      {},
      strict.key,
    );
    const raw = await openAs(strict.key);
    raw.send(subscribe('1'));
    expect(await errorOf(raw, '1')).toBe('FORBIDDEN');
    raw.send(subscribe('2', '', { documentId: 'sha256:unknown' }));
    expect(await errorOf(raw, '2')).toBe('NOT_FOUND');
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

describe('a client that does not read', () => {
  const wide = `subscription ($taxonomyId: ID!, $after: ID) { classificationCreated(taxonomyId: $taxonomyId, after: $after) {
    ${Array.from({ length: 29 }, (_, index) => `m${index}: metadata`).join(' ')} } }`;
  let slowTenant: SeededTenant & { taxonomy: SeededTaxonomy };
  let after: string;
  beforeAll(async () => {
    slowTenant = await seed(app).withTenant('slow').withTaxonomy(['cat']);
    const metadata = Array.from({ length: 100 }, () => ({ text: 'x'.repeat(9_000) }));
    const { payload } = await classify(app, {
      images: metadata.map(() => cat),
      metadata,
      key: slowTenant.key,
    });
    after = payload!.results[0]!.outcomes[0]!.id!;
  });
  const body = () => ({ query: wide, variables: { taxonomyId: slowTenant.taxonomy.id, after } });

  it('of a WebSocket is told so by a typed error and a close code, and nothing piles up for it', async () => {
    const before = await metric('taxolens_slow_clients_total');
    const raw = await openAs(slowTenant.key);
    raw.socket.pause();
    raw.send({ id: 'slow', type: 'subscribe', payload: body() });
    await until('it is slow', async () => (await metric('taxolens_slow_clients_total')) > before);
    raw.socket.resume();
    expect(await raw.closed).toMatch(/^1013 OVERLOADED/);
    expect(await errorOf(raw, 'slow')).toBe('OVERLOADED');
    expect(raw.messages.filter(({ type }) => type === 'next').length).toBeLessThan(99);
  });

  it('of an event stream is told so by its last event', async () => {
    const before = await metric('taxolens_slow_clients_total');
    const response = await fetch(`${app.url}/graphql/stream`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${slowTenant.key}`,
        'content-type': 'application/json',
        accept: 'text/event-stream',
      },
      body: JSON.stringify(body()),
    });
    await until('it is slow', async () => (await metric('taxolens_slow_clients_total')) > before);
    const text = await response.text();
    expect(text).toContain('"code":"OVERLOADED"');
    expect(text.endsWith('event: complete\ndata:\n\n')).toBe(true);
    expect(text.split('event: next').length).toBeLessThan(99);
  });
});

it('clients are told to come back when the server stops, and new ones are refused', async () => {
  const other = await startTestApp();
  const { key, taxonomy } = await seed(other).withTenant('stopped').withTaxonomy(['cat']);
  const asked = { query: CREATED, variables: { taxonomyId: taxonomy.id }, key };
  const client = connectSocket(other.url, key);
  const socket = overSocket(other.url, asked);
  const stream = overSse(other.url, asked);
  await until('both are open', async () =>
    /open_subscriptions\{.*websocket.*\} 1[^]*open_subscriptions\{.*sse.*\} 1|open_subscriptions\{.*sse.*\} 1[^]*open_subscriptions\{.*websocket.*\} 1/.test(
      await (await fetch(`${other.url}/metrics`)).text(),
    ),
  );
  const startedAt = performance.now();
  const stopped = other.stop();
  expect(await socket.ended).toMatch(/^broken 1012: OVERLOADED/);
  expect(await stream.ended).toBe('broken');
  await stopped;
  process.stdout.write(
    `stopped with two subscriptions open in ${Math.round(performance.now() - startedAt)} ms\n`,
  );
  await client.dispose();
});
