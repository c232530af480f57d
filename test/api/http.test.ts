import { globSync } from 'node:fs';
import { connect } from 'node:net';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withClient } from '../support/database.ts';
import { until } from '../support/poll.ts';
import { seed, type SeededTenant } from '../support/seed.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';

let app: TestApp;
let tenant: SeededTenant;
beforeAll(async () => {
  app = await startTestApp();
  tenant = await seed(app).withTenant('http').alone();
});
afterAll(() => app.stop());

const post = (headers: Record<string, string>, body: string | FormData) =>
  fetch(`${app.url}/graphql`, { method: 'POST', headers, body });

const bearer = () => ({ authorization: `Bearer ${tenant.key}` });

interface Failure {
  errors: { message: string; extensions: { code: string; requestId: string } }[];
}

describe('a credential', () => {
  it('is asked for before the body is read', async () => {
    // The body is announced and never sent: an answer can only come from a server that does not wait for it.
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(new URL(app.url).port), '127.0.0.1');
      socket.setEncoding('utf8').once('error', reject);
      socket.once('data', (text: string) => (socket.destroy(), resolve(text)));
      const head =
        'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 90000\r\n\r\n';
      socket.write(head);
    });
    expect(answer).toContain('401 Unauthorized');
    expect(answer).toContain('WWW-Authenticate: Bearer');
  });

  it('that is refused is answered in the shape of a GraphQL error', async () => {
    const response = await post(
      { 'content-type': 'application/json', authorization: 'Bearer nonsense' },
      '{}',
    );
    expect(response.status).toBe(401);
    const { errors } = (await response.json()) as Failure;
    expect(errors[0]!.extensions).toEqual({
      code: 'UNAUTHENTICATED',
      requestId: response.headers.get('x-request-id'),
    });
  });
});

const idFor = async (id: string) =>
  (await fetch(`${app.url}/livez`, { headers: { 'x-request-id': id } })).headers.get('x-request-id');

describe('a request id', () => {
  it('is the client’s where it is sane, else made', async () => {
    expect(await idFor('job-17:b')).toBe('job-17:b');
    expect(await idFor('two words')).toMatch(/^[0-9a-f-]{36}$/);
    expect(await idFor('x'.repeat(101))).toMatch(/^[0-9a-f-]{36}$/);
  });
});

const form = () => {
  const form = new FormData();
  form.append('operations', '{"query":"{ viewer { isOperator } }"}');
  form.append('map', '{}');
  return form;
};

describe('a foreign web page', () => {
  it('cannot send a form without a preflight', async () => {
    const response = await post(bearer(), form());
    expect(response.status).toBe(400);
    expect(((await response.json()) as Failure).errors[0]!.message).toContain('apollo-require-preflight');
    const text = await post(
      { ...bearer(), 'content-type': 'text/plain' },
      '{"query":"{ viewer { isOperator } }"}',
    );
    expect(text.status).toBe(400);
  });

  it('may with one', async () => {
    const response = await post({ ...bearer(), 'apollo-require-preflight': 'true' }, form());
    expect(await response.json()).toMatchObject({ data: { viewer: { isOperator: false } } });
  });
});

describe('every failure is JSON', () => {
  it.each([
    ['PUT /graphql', () => fetch(`${app.url}/graphql`, { method: 'PUT' }), 405],
    ['GET /graphql without a credential', () => fetch(`${app.url}/graphql?query={__typename}`), 401],
    ['an unknown path', () => fetch(`${app.url}/nothing`), 404],
    ['a bad path', () => fetch(`${app.url}/%ff`), 404],
    ['a bad path of a route', () => fetch(`${app.url}/downloads/%ff`), 404],
    ['malformed JSON', () => post({ ...bearer(), 'content-type': 'application/json' }, '{'), 400],
    ['null', () => post({ ...bearer(), 'content-type': 'application/json' }, 'null'), 400],
    [
      'a batch',
      () => post({ ...bearer(), 'content-type': 'application/json' }, '[{"query":"{viewer{isOperator}}"}]'),
      400,
    ],
    [
      'variables that are a list',
      () =>
        post(
          { ...bearer(), 'content-type': 'application/json' },
          '{"query":"{viewer{isOperator}}","variables":[]}',
        ),
      400,
    ],
    ['another type', () => post({ ...bearer(), 'content-type': 'application/xml' }, '<a/>'), 400],
    [
      'a packed body',
      () => post({ ...bearer(), 'content-type': 'application/json', 'content-encoding': 'gzip' }, 'xxxx'),
      415,
    ],
    [
      'a broken form',
      () =>
        post(
          { ...bearer(), 'content-type': 'multipart/form-data; boundary=x', 'apollo-require-preflight': '1' },
          '--x\r\nnonsense',
        ),
      400,
    ],
  ])('%s', async (_, send, status) => {
    const response = await send();
    const text = await response.text();
    expect([response.status, response.headers.get('content-type')]).toEqual([
      status,
      'application/json; charset=utf-8',
    ]);
    const { errors } = JSON.parse(text) as Failure;
    expect(errors[0]!.extensions.requestId).toBe(response.headers.get('x-request-id'));
    expect(text).not.toMatch(/node_modules|at \w+ \(/);
  });
});

/** What comes back for bytes on a connection of their own. */
const exchange = (bytes: string) =>
  new Promise<string>((resolve, reject) => {
    let text = '';
    const socket = connect(Number(new URL(app.url).port), '127.0.0.1');
    socket.setEncoding('utf8').once('error', reject);
    socket.on('data', (chunk: string) => (text += chunk)).once('close', () => resolve(text));
    socket.write(bytes);
  });

describe('bytes that are no request', () => {
  it.each([
    ['nonsense', 'nonsense\r\n\r\n', 400],
    ['a header of 20 kB', `GET /livez HTTP/1.1\r\nHost: x\r\nX: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
    [
      'two lengths',
      'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n',
      400,
    ],
    [
      'a length and chunks',
      'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n',
      400,
    ],
  ])('are answered with JSON too: %s', async (_, bytes, status) => {
    const [head, body] = (await exchange(bytes)).split('\r\n\r\n');
    expect(head).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
    expect(head).toContain('application/json');
    expect(JSON.parse(body!)).toMatchObject({ errors: [{ extensions: { code: 'INVALID_INPUT' } }] });
  });
});

const statusFor = async (query: string, accept: string) => {
  const { status, errors } = await app.send({ query, key: tenant.key, headers: { accept } });
  return [status, errors[0]?.extensions.code];
};

describe('the status of a refused document', () => {
  const JSON_TYPE = 'application/json';
  const GRAPHQL_TYPE = 'application/graphql-response+json, application/json;q=0.9';

  it.each([
    '{',
    '{ nothing }',
    '{ node }',
    'query ($id: ID!) { node(id: $id) { id } }',
    '{ apiKeys { nodes { id } } }',
  ])('follows the media type for %s', async (query) => {
    expect(await statusFor(query, JSON_TYPE)).toEqual([200, 'INVALID_INPUT']);
    expect(await statusFor(query, GRAPHQL_TYPE)).toEqual([400, 'INVALID_INPUT']);
  });

  it('is firm for what is no fault of the document', async () => {
    const query = '{ tenants(first: 1) { nodes { id } } }';
    expect(await statusFor(query, JSON_TYPE)).toEqual([403, 'FORBIDDEN']);
    expect(await statusFor(query, GRAPHQL_TYPE)).toEqual([403, 'FORBIDDEN']);
  });

  it('is 200 where a part is answered', async () => {
    const query = '{ viewer { isOperator } node(id: "x") { id } taxonomy(by: {}) { id } }';
    expect((await statusFor('{ viewer { isOperator } }', GRAPHQL_TYPE))[0]).toBe(200);
    expect((await statusFor(query, GRAPHQL_TYPE))[1]).toBe('INVALID_INPUT');
  });
});

describe('an error of our own', () => {
  it('is masked, keeps its place and carries the id that finds it', async () => {
    await withClient(app.database.superuserUrl, (client) =>
      client.query('alter table tenant rename column created_at to secret_column'),
    );
    const { status, errors } = await app.send({
      query: '{ viewer { isOperator } mine: tenant { id } }',
      key: tenant.key,
      headers: { 'x-request-id': 'mask-1' },
    });
    await withClient(app.database.superuserUrl, (client) =>
      client.query('alter table tenant rename column secret_column to created_at'),
    );
    expect(status).toBe(200);
    expect(errors).toEqual([
      {
        message: 'The server failed. The request id finds the cause in its log.',
        locations: [{ line: 1, column: 25 }],
        path: ['mine'],
        extensions: { code: 'INTERNAL', requestId: 'mask-1' },
      },
    ]);
  });

  it('suggests no names of the schema', async () => {
    const { errors } = await app.send({ query: '{ viewr { isOperator } }', key: tenant.key });
    expect(errors[0]!.message).toBe('Cannot query field "viewr" on type "Query".');
  });
});

describe('headers', () => {
  it('keep answers from being sniffed, framed or cached', async () => {
    const { headers } = await fetch(app.url);
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
      'cache-control': 'no-store',
    });
    expect(headers.has('x-powered-by')).toBe(false);
  });
});

describe('a client that leaves', () => {
  it('gives its place back and is counted as gone', async () => {
    await tenant.createTaxonomy(['cat', 'dog']);
    const picture = await readFile('examples/two-cats.jpg');
    const sources = Array.from({ length: 40 }, (_, index) => `variables.images.${index}.source.upload`);
    const leaving = new AbortController();
    const answer = app.send({
      query: `mutation ($images: [ImageInput!]!) {
        classifyImages(input: { images: $images, taxonomies: [{ by: { name: "animals" } }] }) { userErrors { code } }
      }`,
      variables: { images: sources.map(() => ({ source: { upload: null } })) },
      // A byte after the end makes another image of the same picture, which is decoded and encoded for itself.
      files: Object.fromEntries(sources.map((path, index) => [path, new Uint8Array([...picture, index])])),
      key: tenant.key,
      signal: leaving.signal,
    });
    const { inference } = app.services;
    await until('it is admitted', () => inference.stats().admitted === sources.length);
    leaving.abort();
    await expect(answer).rejects.toThrow('aborted');
    await until('its place is free', () => inference.stats().admitted === 0);
    expect(await (await fetch(`${app.url}/metrics`)).text()).toContain('method="POST",status="499"} 1');
  });
});

describe('metrics', () => {
  it('count requests and name no tenant', async () => {
    const text = await (await fetch(`${app.url}/metrics`)).text();
    expect(text).toMatch(
      /taxolens_http_request_duration_seconds_count\{route="\/graphql",method="POST",status="200"\} \d+/,
    );
    expect(text).toContain('taxolens_model_info{model="taxolens-demo"');
    expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-7/);
  });
});

describe('the schema', () => {
  it('describes every type, field, argument and enum value', async () => {
    const files = globSync('src/schema/*.graphql');
    const sdl = await Promise.all(files.map((file) => readFile(file, 'utf8')));
    const undescribed = sdl
      .flatMap((text) => text.split('\n'))
      .filter((line, index, lines) => {
        const isDefinition = /^\s*(type|enum|input|scalar|union|interface) |^ {2}\w+[(:]|^ {2}[A-Z_]+$/.test(
          line,
        );
        return isDefinition && !/^\s*".*"$/.test(lines[index - 1] ?? '');
      });
    expect(undescribed).toEqual([]);
  });
});
