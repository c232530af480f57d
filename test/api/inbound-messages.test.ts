import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { toUuid } from '../../src/ids.ts';
import { deleteOldMessages } from '../../src/inbound/jobs.ts';
import { HOOK_LIMITS } from '../../src/limits.ts';
import { parseAllowedTargets } from '../../src/outbound/allowed-targets.ts';
import { readExample } from '../support/classify.ts';
import { withClient } from '../support/database.ts';
import { bestOfAnswer, hookClient, post, type Hook, type HookAnswer } from '../support/hook-client.ts';
import { startImageServer, type ImageServer } from '../support/image-server.ts';
import { until } from '../support/poll.ts';
import { startReceiver, type Receiver } from '../support/receiver.ts';
import { seed, type SeededTenant } from '../support/seed.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';
import { webhookClient } from '../support/webhook-client.ts';

const twoCats = readExample('two-cats.jpg');
const base64 = Buffer.from(twoCats).toString('base64');
const MAX_IMAGE_BYTES = 1_000_000;

let app: TestApp;
let images: ImageServer;
let receiver: Receiver;
let tenant: SeededTenant & { taxonomy: { id: string } };
let hooks: ReturnType<typeof hookClient>;

beforeAll(async () => {
  images = await startImageServer((_, response) => void response.end(twoCats));
  receiver = await startReceiver();
  app = await startTestApp({
    maxImageBytes: MAX_IMAGE_BYTES,
    allowedPrivateTargets: parseAllowedTargets('127.0.0.1'),
  });
  tenant = await seed(app).withTenant('a').withTaxonomy(['cat', 'bicycle']);
  hooks = hookClient(app, tenant.key);
  await webhookClient(app, tenant.key).createOrThrow({
    url: receiver.url,
    eventTypes: ['CLASSIFICATION_COMPLETED', 'CLASSIFICATION_FAILED'],
  });
});
afterAll(async () => {
  await app.stop();
  await receiver.stop();
  await images.stop();
});
beforeEach(() => void (receiver.received.length = 0));

type Bearer = { hook: Hook; send: typeof post };

/** A hook with a bearer key, and how its sender posts to it. */
async function bearerHook(input: object = {}): Promise<Bearer> {
  const taxonomyId = tenant.taxonomy.id;
  const { hook, secret } = await hooks.createOrThrow({ name: 'cms', taxonomyId, scheme: 'BEARER', ...input });
  const url = app.url + hook.url;
  return {
    hook,
    send: (to, body, headers) => post(url + to, body, { authorization: `Bearer ${secret}`, ...headers }),
  };
}

const count = async (table: string, hook: Hook, column: string): Promise<number> =>
  withClient(app.database.superuserUrl, async (client) => {
    const sql = `select count(*)::int as n from ${table} where ${column} = $1`;
    return (await client.query<{ n: number }>(sql, [toUuid('hook', hook.id)])).rows[0]!.n;
  });
const read = async <T>(id: string, type: string, fields: string): Promise<T> => {
  const query = `query ($id: ID!) { node(id: $id) { ... on ${type} { ${fields} } } }`;
  return (await app.graphql<{ node: T }>(query, { id }, tenant.key)).node;
};
const untilSettled = (id: string) =>
  until('the end of the message', async () => {
    const message = await read<{ state: string; failure: { code: string } | null }>(
      id,
      'InboundMessage',
      'state failure { code }',
    );
    return message.state !== 'PENDING' && message;
  });

describe('a message', () => {
  it('with an image by URL is answered at once with the ids of what it becomes, and told of by webhook', async () => {
    const { send } = await bearerHook();
    const message = { url: images.url('/cats.jpg'), reference: 'sku-1', id: 'm1' };
    const { status, body } = await send('', JSON.stringify(message));
    expect({ status, body }).toEqual({
      status: 202,
      body: {
        id: expect.stringMatching(/^message_/),
        state: 'PENDING',
        classifications: [expect.stringMatching(/^classification_/)],
      },
    });
    expect(await untilSettled(body.id!)).toEqual({ state: 'COMPLETED', failure: null });
    const made = await read<object>(body.classifications[0]!, 'Classification', 'id reference');
    expect(made).toEqual({ id: body.classifications[0], reference: 'sku-1' });
    const [event] = await until('the event', () => receiver.received.length > 0 && receiver.received);
    expect(event!.payload).toMatchObject({
      type: 'classification.completed',
      data: { id: body.classifications[0], reference: 'sku-1' },
    });
  });

  it('is answered with its results where the sender waits for them', async () => {
    const { send } = await bearerHook({ topK: 1 });
    const answer = await send('', JSON.stringify({ url: images.url('/a'), id: 'w' }), { prefer: 'wait=10' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('preference-applied')).toBe('wait=10');
    expect(bestOfAnswer(answer)).toEqual(['cat']);
    expect(answer.body).toMatchObject({
      state: 'COMPLETED',
      classifications: [answer.body.results[0]!.data['id']],
    });
    const far = await send('', JSON.stringify({ url: images.url('/a'), id: 'w' }), { prefer: 'wait=9999' });
    expect(far.headers.get('preference-applied')).toBe(`wait=${HOOK_LIMITS.maxWaitSeconds}`);
  });

  it.each([
    ['raw bytes', { 'content-type': 'image/jpeg' }, twoCats, {}],
    ['bytes of no type', { 'content-type': 'application/octet-stream' }, twoCats, {}],
    ['base64', {}, JSON.stringify({ file: base64 }), { mapping: { base64: '$.file' } }],
    [
      'a data URL',
      {},
      JSON.stringify({ file: `data:image/jpeg;base64,${base64}` }),
      { mapping: { base64: '$.file' } },
    ],
  ])('may be %s, which are kept until they are classified', async (_, headers, body, input) => {
    const { send, hook } = await bearerHook(input);
    expect(bestOfAnswer(await send('', body, { ...headers, prefer: 'wait=10' }))).toEqual(['cat']);
    expect(await count('inbound_message', hook, 'hook_id')).toBe(1);
    const sql = 'select count(*)::int as n from blob';
    const left = await withClient(
      app.database.superuserUrl,
      async (client) => (await client.query(sql)).rows,
    );
    expect(left).toEqual([{ n: 0 }]);
  });

  it('fails image by image, and as a whole where none could be classified', async () => {
    const { send } = await bearerHook({ mapping: { images: '$.all[*]', url: '$.url' } });
    const all = [{ url: images.url('/a') }, { url: 'http://127.0.0.2/' }, { text: 'no image' }];
    const answer = await send('', JSON.stringify({ all }), { prefer: 'wait=10' });
    expect(bestOfAnswer(answer)).toEqual(['cat', 'URL_NOT_ALLOWED']);
    const unpublished = await tenant.createTaxonomy(['x'], { name: 'draft', published: false });
    const other = await bearerHook({ taxonomyId: unpublished.id });
    const failed = await other.send('', JSON.stringify({ url: images.url('/a'), reference: 'r' }), {
      prefer: 'wait=10',
    });
    expect(failed.body).toMatchObject({
      state: 'FAILED',
      results: [
        {
          type: 'classification.failed',
          data: { reference: 'r', error: { code: 'TAXONOMY_NOT_PUBLISHED' } },
        },
      ],
    });
    const told = () => receiver.received.find(({ payload }) => payload.data['reference'] === 'r');
    expect((await until('the event', told)).payload).toMatchObject(failed.body.results[0]!);
  });

  it('about no image is no failure, and leaves no trace', async () => {
    const { send, hook } = await bearerHook();
    const answer = await send('', JSON.stringify({ deleted: true }));
    expect([answer.status, answer.body.state]).toEqual([200, 'IGNORED']);
    expect(await count('inbound_message', hook, 'hook_id')).toBe(0);
  });
});

describe('a message that comes again', () => {
  it('100 times at once is one message, classification, usage entry and event', async () => {
    const { send, hook } = await bearerHook();
    const body = JSON.stringify({ url: images.url('/once.jpg'), id: 'once' });
    const answers = await Promise.all(Array.from({ length: 100 }, () => send('', body)));
    const ids = new Set(
      answers.map((answer) => JSON.stringify([answer.body.id, answer.body.classifications])),
    );
    expect([answers.filter(({ status }) => status !== 202 && status !== 200).length, ids.size]).toEqual([
      0, 1,
    ]);
    await untilSettled(answers[0]!.body.id!);
    await until('the event', () => receiver.received.length > 0);
    const [classification] = answers[0]!.body.classifications;
    const told = await webhookClient(app, tenant.key).deliveries({ eventType: 'CLASSIFICATION_COMPLETED' });
    const query = `query ($from: DateTime!, $to: DateTime!) { usage(from: $from, to: $to, by: API_KEY) { groups {
      inboundHook { id } images classifications } } }`;
    const [from, to] = [new Date(), new Date(Date.now() + 86_400_000)].map((time) => time.toISOString());
    const { usage } = await app.graphql<{ usage: { groups: { inboundHook: { id: string } | null }[] } }>(
      query,
      { from, to },
      tenant.key,
    );
    expect({
      messages: await count('inbound_message', hook, 'hook_id'),
      usageEntries: await count('usage_event', hook, 'api_key_id'),
      fetches: images.asked.get('/once.jpg'),
      events: receiver.received.filter(({ payload }) => payload.data['id'] === classification).length,
      deliveries: told.filter(({ event }) => receiver.received.some(({ id }) => id === event.id)).length,
      usage: usage.groups.filter(({ inboundHook }) => inboundHook?.id === hook.id),
    }).toEqual({
      messages: 1,
      usageEntries: 1,
      fetches: 1,
      events: 1,
      deliveries: 1,
      usage: [{ inboundHook: { id: hook.id }, images: 1, classifications: 1 }],
    });
  });

  it('gets the first answer, by its id or what its bytes hash to; other images under an id are refused', async () => {
    const { send } = await bearerHook();
    const first = await send('', JSON.stringify({ url: images.url('/a'), id: 7 }), { prefer: 'wait=10' });
    const again = await send('', JSON.stringify({ url: images.url('/a'), id: 7, attempt: 2 }));
    expect([again.status, again.body]).toEqual([200, first.body]);
    const other = await send('', JSON.stringify({ url: images.url('/b'), id: 7 }));
    expect([other.status, other.body.errors![0]!.extensions.code]).toEqual([422, 'IDEMPOTENCY_CONFLICT']);
    const raw = { 'content-type': 'image/jpeg' };
    const [one, two, named] = [
      await send('', twoCats, raw),
      await send('', twoCats, raw),
      await send('', twoCats, { ...raw, 'webhook-id': 'another' }),
    ];
    expect(two.body.id).toBe(one.body.id);
    expect(named.body.id).not.toBe(one.body.id);
  });
});

describe('a hook', () => {
  it('of another tenant is out of reach, and unknown ones look alike', async () => {
    const other = await seed(app).withTenant('b').withTaxonomy(['cat']);
    const { hook, send } = await bearerHook();
    const { body } = await send('', JSON.stringify({ url: images.url('/a'), id: 'mine' }));
    const theirs = hookClient(app, other.key);
    expect((await theirs.remove({ id: hook.id })).userErrors[0]!.code).toBe('NOT_FOUND');
    expect((await theirs.create({ name: 'x', taxonomyId: tenant.taxonomy.id })).userErrors[0]!.code).toBe(
      'NOT_FOUND',
    );
    const seen = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } inboundHooks(first: 10) { nodes { id } } }';
    const ids = [hook.id, body.id];
    expect(await app.graphql(seen, { ids }, other.key)).toEqual({
      nodes: [null, null],
      inboundHooks: { nodes: [] },
    });
    const [mine, theirTenant] = [
      hook.url.split('/').at(-1)!.split('_')[1]!,
      other.id.slice('tenant_'.length),
    ];
    const unknown = await Promise.all(
      [`${theirTenant}_${mine}`, 'nonsense', `${mine}_${mine}`].map((address) =>
        post(`${app.url}/hooks/${address}`, '{}'),
      ),
    );
    for (const answer of unknown)
      expect(shapeOf(answer)).toEqual([404, 'NOT_FOUND', 'There is no such hook.']);
  });

  it('that is disabled or deleted takes nothing', async () => {
    const { hook, send } = await bearerHook();
    await hooks.update({ id: hook.id, isEnabled: false });
    expect(shapeOf(await send('', '{}'))).toEqual([403, 'FORBIDDEN', 'The hook is disabled.']);
    const stranger = await send('', '{}', { authorization: 'Bearer wrong' });
    expect(shapeOf(stranger).slice(0, 2)).toEqual([401, 'UNAUTHENTICATED']);
    expect((await hooks.remove({ id: hook.id })).deletedId).toBe(hook.id);
    expect((await send('', '{}')).status).toBe(404);
  });

  it('takes so many images a minute, and no larger bodies than it may', async () => {
    const { send, hook } = await bearerHook({ imagesPerMinute: 2 });
    const statuses: number[] = [];
    for (const id of [1, 2, 3])
      statuses.push((await send('', JSON.stringify({ url: images.url('/a'), id }))).status);
    expect(statuses).toEqual([202, 202, 429]);
    const refused = await send('', JSON.stringify({ url: images.url('/a'), id: 3 }));
    expect(refused.body.errors![0]!.extensions).toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: 6_000 });
    expect(refused.headers.get('retry-after')).toBe('6');
    expect(await count('inbound_message', hook, 'hook_id')).toBe(2);
    const large = new Uint8Array(MAX_IMAGE_BYTES + 1);
    const tooLarge = await send('', large, { 'content-type': 'image/png' });
    expect([tooLarge.status, shapeOf(tooLarge)[1]]).toEqual([413, 'COST_LIMIT']);
    const values = await send('', `[${'1,'.repeat(HOOK_LIMITS.values)}1]`);
    expect([values.status, shapeOf(values)[1]]).toEqual([413, 'COST_LIMIT']);
    expect((await send('', 'hello', { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await send('', '{"url":')).status).toBe(400);
    const unstorable = await send('', JSON.stringify({ url: images.url('/a'), reference: 'a\0b', id: 9 }));
    expect(shapeOf(unstorable).slice(0, 2)).toEqual([400, 'INVALID_INPUT']);
  });
});

it('a hook lists its messages, the newest first, all or those in a state', async () => {
  const { send, hook } = await bearerHook();
  const other = await bearerHook();
  await other.send('', JSON.stringify({ url: images.url('/a'), id: 'of another hook' }));
  for (const id of ['first', 'second', 'third'])
    await send('', JSON.stringify({ url: images.url('/a'), id }), { prefer: 'wait=10' });
  type Page = { nodes: { senderId: string }[]; pageInfo: { endCursor: string | null; hasNextPage: boolean } };
  const list = async (paging: string) => {
    const fields = `messages(${paging}) { nodes { senderId } pageInfo { endCursor hasNextPage } }`;
    const { messages } = await read<{ messages: Page }>(hook.id, 'InboundHook', fields);
    return { ...messages, ids: messages.nodes.map(({ senderId }) => senderId) };
  };
  const page = await list('first: 2');
  expect([page.ids, page.pageInfo.hasNextPage]).toEqual([['third', 'second'], true]);
  const rest = await list(`first: 2, after: "${page.pageInfo.endCursor}"`);
  expect([rest.ids, rest.pageInfo.hasNextPage]).toEqual([['first'], false]);
  expect((await list('last: 2')).ids).toEqual(['second', 'first']);
  expect((await list('first: 9, filter: { state: COMPLETED }')).ids.length).toBe(3);
  expect((await list('first: 9, filter: { state: FAILED }')).ids).toEqual([]);
});

it('messages are deleted when they ended long ago, and their classifications stay', async () => {
  const { send, hook } = await bearerHook();
  const { body } = await send('', JSON.stringify({ url: images.url('/a'), id: 'old' }), {
    prefer: 'wait=10',
  });
  await deleteOldMessages(app.services.db, new Date(Date.now() - 60_000));
  expect(await count('inbound_message', hook, 'hook_id')).toBe(1);
  await deleteOldMessages(app.services.db, new Date(Date.now() + 1_000));
  expect(await count('inbound_message', hook, 'hook_id')).toBe(0);
  expect(await read(body.classifications[0]!, 'Classification', 'id')).not.toBeNull();
});

function shapeOf({ status, body }: HookAnswer): unknown[] {
  const [error] = body.errors!;
  expect(error!.extensions.requestId).toBeTypeOf('string');
  return [status, error!.extensions.code, error!.message];
}
