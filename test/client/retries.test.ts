import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  createClient,
  TaxolensError,
  typedDocument,
  type Client,
  type Schema,
} from '../support/built-client.ts';
import { seed, type SeededTenant } from '../support/seed.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';

const DOG = readFileSync('examples/one-dog.jpg');
const VIEWER = typedDocument<Pick<Schema.Query, 'viewer'>, Record<string, never>>(
  '{ viewer { tenant { name } } }',
);
const CREATE_KEY = typedDocument<unknown, Record<string, never>>(
  'mutation { createApiKey(input: { name: "one", scopes: [CLASSIFY] }) { secret userErrors { code } } }',
);

/** What becomes of an attempt between the client and the real server. */
type Interference = (pass: () => Promise<Response>) => Promise<Response>;

const refuse =
  (status: number, code: string, retryAfterSeconds?: number): Interference =>
  async () => {
    const headers = new Headers({ 'content-type': 'application/json' });
    if (retryAfterSeconds !== undefined) headers.set('retry-after', String(retryAfterSeconds));
    const errors = [{ message: 'Not now.', extensions: { code, requestId: 'request-1' } }];
    return new Response(JSON.stringify({ errors }), { status, headers });
  };
/** The server does the work, and the answer does not arrive. */
const loseAnswer: Interference = async (pass) => {
  await (await pass()).text();
  throw new TypeError('fetch failed');
};
const breakBody: Interference = async (pass) => {
  const start = (await (await pass()).text()).slice(0, 20);
  const body = new ReadableStream({
    start: (controller) => controller.enqueue(new TextEncoder().encode(start)),
    pull: (controller) => controller.error(new TypeError('terminated')),
  });
  return new Response(body);
};
const answerAsProxy: Interference = async () => new Response('<h1>Bad Gateway</h1>', { status: 502 });

let app: TestApp;
let tenant: SeededTenant;
let sentAt: number[];
let interferences: Interference[];
let client: Client;
beforeAll(async () => {
  app = await startTestApp();
  tenant = await seed(app).withTenant('a').alone();
  await tenant.createTaxonomy(['two cats', 'one dog']);
});
afterAll(() => app.stop());
beforeEach(() => {
  sentAt = [];
  interferences = [];
  client = connectAs(tenant.key);
});

function connectAs(key: string, retries?: { attempts?: number; budgetMs?: number }): Client {
  const interfering: typeof fetch = (...sent) => {
    sentAt.push(Date.now());
    const pass = () => fetch(...sent);
    return (interferences.shift() ?? ((go) => go()))(pass);
  };
  return createClient({ url: `${app.url}/`, key, fetch: interfering, ...(retries && { retries }) });
}

describe('what is sent again', () => {
  it.each([
    ['OVERLOADED', refuse(503, 'OVERLOADED', 0)],
    ['RATE_LIMITED', refuse(429, 'RATE_LIMITED', 0)],
    ['the page of a proxy', answerAsProxy],
    ['a lost answer', loseAnswer],
    ['an answer that breaks off', breakBody],
  ])('a query, after %s', async (_, interference) => {
    interferences = [interference];
    expect((await client.request(VIEWER, {})).viewer?.tenant?.name).toBe('a');
    expect(sentAt).toHaveLength(2);
  });

  it('no earlier than Retry-After says', async () => {
    interferences = [refuse(503, 'OVERLOADED', 1)];
    await client.request(VIEWER, {});
    expect(sentAt[1]! - sentAt[0]!).toBeGreaterThanOrEqual(995); // timers may be early by the fraction of a clock's tick
  });

  it('a classification whose answer was lost, and it is made once', async () => {
    interferences = [loseAnswer];
    const [result] = await client.classify({
      images: [{ source: { upload: DOG }, reference: 'once' }],
      taxonomies: ['animals'],
    });
    expect(sentAt).toHaveLength(2);
    const { classifications } = await app.graphql<{ classifications: { nodes: { id: string }[] } }>(
      '{ classifications(first: 10, filter: { reference: "once" }) { nodes { id } } }',
      {},
      tenant.key,
    );
    expect(classifications.nodes).toEqual([{ id: (result!.outcomes[0] as { id: string }).id }]);
  });

  it('one whose first attempt is still at work: its answer is waited for', async () => {
    let first: Promise<Response> | undefined;
    interferences = [
      async (pass) => {
        first = pass();
        throw new TypeError('fetch failed');
      },
      async (pass) => {
        // As it is where the first attempt has not ended by now.
        const running = [{ code: 'IDEMPOTENCY_IN_PROGRESS', message: 'It runs.', path: [], details: null }];
        await (await pass()).text();
        return Response.json({ data: { classifyImages: { results: [], userErrors: running } } });
      },
    ];
    const [result] = await client.classify({ images: [DOG], taxonomies: ['animals'] });
    await first;
    expect(sentAt).toHaveLength(3);
    expect(result!.outcomes).toMatchObject([{ __typename: 'Classification' }]);
  });

  it('a mutation without an idempotency key after RATE_LIMITED only', async () => {
    interferences = [refuse(429, 'RATE_LIMITED', 0)];
    await client.request(CREATE_KEY, {});
    expect(sentAt).toHaveLength(2);
    interferences = [refuse(503, 'OVERLOADED', 0)];
    await expect(client.request(CREATE_KEY, {})).rejects.toMatchObject({ code: 'OVERLOADED' });
    interferences = [loseAnswer];
    await expect(client.request(CREATE_KEY, {})).rejects.toMatchObject({ code: 'NO_ANSWER' });
    expect(sentAt).toHaveLength(4);
  });
});

describe('what is not', () => {
  it.each([
    ['a code that waiting does not mend', refuse(500, 'INTERNAL')],
    ['a wait beyond the budget', refuse(503, 'OVERLOADED', 3600)],
  ])('%s', async (_, interference) => {
    interferences = [interference];
    await expect(client.request(VIEWER, {})).rejects.toMatchObject({
      name: 'TaxolensError',
      requestId: 'request-1',
    });
    expect(sentAt).toHaveLength(1);
  });

  it('more often than the policy says', async () => {
    interferences = Array.from({ length: 9 }, () => refuse(503, 'OVERLOADED', 0));
    const impatient = connectAs(tenant.key, { attempts: 3 });
    await expect(impatient.request(VIEWER, {})).rejects.toMatchObject({ code: 'OVERLOADED', status: 503 });
    expect(sentAt).toHaveLength(3);
  });

  it('anything once its signal is aborted, in a pause too', async () => {
    interferences = [refuse(503, 'OVERLOADED', 30)];
    const stop = new AbortController();
    const asked = client.request(VIEWER, {}, { signal: stop.signal });
    setImmediate(() => stop.abort(new Error('enough')));
    await expect(asked).rejects.toThrow('enough');
    expect(sentAt).toHaveLength(1);
    await expect(client.request(VIEWER, {}, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'AbortError',
    });
  });
});

describe('errors of the real server', () => {
  it('a quota: RATE_LIMITED with the time to retry', async () => {
    const { secret } = (
      await app.graphql<{ createApiKey: { secret: string } }>(
        'mutation { createApiKey(input: { name: "slow", scopes: [CLASSIFY], imagesPerMinute: 1 }) { secret } }',
        {},
        tenant.key,
      )
    ).createApiKey;
    const slow = connectAs(secret, { budgetMs: 0 });
    const input = { images: [DOG], taxonomies: ['animals'] };
    await slow.classify(input);
    const refused = slow.classify(input);
    await expect(refused).rejects.toThrow(TaxolensError);
    await expect(refused).rejects.toMatchObject({
      code: 'RATE_LIMITED',
      status: 429,
      requestId: expect.stringMatching(/./),
      retryAfterMs: expect.any(Number),
    });
  });

  it('a credential that is none, and a document that is none', async () => {
    await expect(connectAs('txl_no').request(VIEWER, {})).rejects.toMatchObject({
      code: 'UNAUTHENTICATED',
      status: 401,
    });
    await expect(client.request('{ nothing }', {})).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      status: 400,
    });
  });

  it('no server, and one that is not Taxolens', async () => {
    const nowhere = createClient({ url: 'http://127.0.0.1:1', key: 'k', retries: { attempts: 2 } });
    await expect(nowhere.request(VIEWER, {})).rejects.toMatchObject({ code: 'NO_ANSWER', status: undefined });
    const elsewhere = createClient({ url: `${app.url}/livez`, key: 'k' });
    await expect(elsewhere.request(VIEWER, {})).rejects.toMatchObject({
      code: expect.stringMatching(/NOT_FOUND|NO_ANSWER/),
    });
  });
});

it('a token is asked for with each attempt', async () => {
  const tokens = ['txl_expired', tenant.key];
  const renewing = createClient({ url: app.url, token: async () => tokens.shift()! });
  await expect(renewing.request(VIEWER, {})).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  expect((await renewing.request(VIEWER, {})).viewer?.tenant?.name).toBe('a');
});

it('a client without any credential is refused where it is made, not by the server', () => {
  for (const credential of [{ key: '' }, { token: '' }]) {
    expect(() => createClient({ url: 'http://127.0.0.1', ...credential })).toThrow(/needs a key or a token/);
  }
});
