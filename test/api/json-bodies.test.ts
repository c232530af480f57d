import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startUpload, type HalfRequest } from '../support/half-request.ts';
import { until } from '../support/poll.ts';
import { seed, type SeededTenant } from '../support/seed.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';

/** Room for four megabytes: half of it a tenant. */
const MAX_BYTES = 4_000_000;

let app: TestApp;
let a: SeededTenant;
let b: SeededTenant;
beforeAll(async () => {
  app = await startTestApp({ maxQueuedBytes: MAX_BYTES, maxImageBytes: 1_000_000, bodyIdleMs: 20_000 });
  a = await seed(app).withTenant('a').alone();
  b = await seed(app).withTenant('b').alone();
});
afterAll(() => app.stop());

const CLASSIFY = `mutation ($input: ClassifyImagesInput!) { classifyImages(input: $input) { userErrors { code } } }`;
const open = (key: string, body: string, contentLength: number | null) =>
  startUpload({ url: app.url, key, body, contentLength, contentType: 'application/json' });
const statusOf = (request: HalfRequest) =>
  until('an answer', () => /^HTTP\/1.1 (\d+)/.exec(request.answer())?.[1], 20_000);
/** The status of a small request and of one with so many bytes. */
const serve = async ({ key }: SeededTenant, bytes = 10) => {
  const input = { images: [{ source: { base64: 'A'.repeat(bytes) } }], taxonomies: [] };
  const { status, errors } = await app.send({ query: CLASSIFY, variables: { input }, key });
  return [status, errors[0]?.extensions.code ?? 'OK'];
};
const leaveAll = (requests: HalfRequest[]) => {
  for (const { socket } of requests) socket.destroy();
};

describe('a JSON body that keeps still', () => {
  it('holds what has come of it and no more: all others are served meanwhile', async () => {
    const stalled = Array.from({ length: 20 }, () => open(a.key, '{"query":"', 1_900_000));
    try {
      expect(await serve(b, 1_500_000)).toEqual([200, 'OK']);
      expect(await serve(a, 1_500_000)).toEqual([200, 'OK']);
      expect(stalled.map(({ answer }) => answer())).toEqual(stalled.map(() => ''));
    } finally {
      leaveAll(stalled);
    }
  });

  it('is cut off', async () => {
    const impatient = await startTestApp({ bodyIdleMs: 50 });
    try {
      const { key } = await seed(impatient).withTenant('slow').alone();
      const contentType = 'application/json';
      const request = startUpload({ url: impatient.url, key, body: '{', contentLength: 9, contentType });
      await request.closed;
      expect(request.answer()).toContain('408 Request Timeout');
      expect(request.answer()).toContain('DEADLINE_EXCEEDED');
    } finally {
      await impatient.stop();
    }
  });
});

describe('the bytes of JSON bodies', () => {
  it('of one tenant take half of the room at most, until their requests are over', async () => {
    const openHalf = () => open(a.key, `{"query":"${'x'.repeat(1_200_000)}`, 1_900_000);
    let half = openHalf();
    try {
      await until('its share is taken', async () => {
        // Whichever of the two comes second is refused.
        if (half.answer() !== '') half = openHalf();
        return (await serve(a, 1_200_000))[1] === 'OVERLOADED' && half.answer() === '';
      });
      expect(await serve(b, 1_200_000)).toEqual([200, 'OK']);
    } finally {
      leaveAll([half]);
    }
    await until('it is free again', async () => (await serve(a, 1_200_000))[1] === 'OK');
  });

  it('count for more where they come one by one', async () => {
    const request = open(a.key, '1\r\n{\r\n', null);
    for (let sent = 0; sent < 10 && request.answer() === ''; sent += 1) {
      await new Promise((written) => request.socket.write('1\r\n \r\n'.repeat(1_000), written));
    }
    expect(await statusOf(request)).toBe('413'); // after 5,000 bytes, which take 2 MB
    leaveAll([request]);
  });

  it('are refused by their announced length before they come', async () => {
    const request = open(a.key, '', 30_000_001);
    expect(await statusOf(request)).toBe('413');
    leaveAll([request]);
  });
});

describe('the values of a JSON body', () => {
  it.each([
    ['lists in lists', '['.repeat(900_000) + ']'.repeat(900_000)],
    ['objects', `[${'{},'.repeat(400_000)}{}]`],
    ['texts', `[${'"",'.repeat(400_000)}""]`],
  ])('are counted before they are parsed: %s', async (_, value) => {
    const body = `{"query":"{ viewer { isOperator } }","variables":{"a":${value}}}`;
    const headers = { authorization: `Bearer ${a.key}`, 'content-type': 'application/json' };
    const response = await fetch(`${app.url}/graphql`, { method: 'POST', headers, body });
    const { errors } = (await response.json()) as { errors: { message: string; extensions: object }[] };
    expect([response.status, errors[0]!.extensions]).toMatchObject([413, { code: 'COST_LIMIT' }]);
  });

  it('are few for a viewer whose operations need few', async () => {
    const body = `{"query":"{ viewer { isOperator } }","variables":{"a":[${'0,'.repeat(10_200)}0]}}`;
    const headers = {
      authorization: `Bearer ${await b.createKey('TAXONOMY_READ')}`,
      'content-type': 'application/json',
    };
    const response = await fetch(`${app.url}/graphql`, { method: 'POST', headers, body });
    expect(await response.text()).toContain('at most 10100 values');
  });
});

describe('the encoding of a JSON body', () => {
  const send = async (type: string, body: string | Uint8Array<ArrayBuffer>, headers = {}) => {
    const all = { authorization: `Bearer ${a.key}`, 'content-type': type, ...headers };
    const response = await fetch(`${app.url}/graphql`, { method: 'POST', headers: all, body });
    return [response.status, await response.text()];
  };
  const QUERY = '{"query":"{ viewer { isOperator } }"}';

  it.each(['application/json', 'application/json; charset=UTF-8', 'application/json;charset="utf-8"'])(
    'is UTF-8: %s',
    async (type) => {
      expect((await send(type, QUERY))[0]).toBe(200);
    },
  );

  it('is no other', async () => {
    expect((await send('application/json; charset=utf-16', QUERY))[0]).toBe(415);
    expect((await send('application/json', QUERY, { 'content-encoding': 'br' }))[0]).toBe(415);
    const [status, text] = await send(
      'application/json',
      Uint8Array.from(Buffer.from(`${QUERY.slice(0, -2)}\xe9"}`, 'latin1')),
    );
    expect([status, text]).toEqual([400, expect.stringContaining('The body is not JSON')]);
  });
});
