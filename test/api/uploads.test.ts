import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bestOf, classify, readExample } from '../support/classify.ts';
import { fileHead, formField, startUpload, type HalfRequest } from '../support/half-request.ts';
import { countTemporaryFiles } from '../support/leak-guard.ts';
import { until } from '../support/poll.ts';
import { seed, type SeededTenant } from '../support/seed.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';

/** Room for four megabytes and 200 images: half of either a tenant. */
const LIMITS = {
  maxQueuedBytes: 4_000_000,
  maxQueuedImages: 200,
  maxImageBytes: 1_500_000,
  bodyIdleMs: 10_000,
};
const oneCat = readExample('one-cat.png');

let app: TestApp;
let a: SeededTenant;
let b: SeededTenant;
beforeAll(async () => {
  app = await startTestApp(LIMITS);
  a = await seed(app).withTenant('a').withTaxonomy(['cat', 'dog']);
  b = await seed(app).withTenant('b').withTaxonomy(['cat', 'dog']);
});
afterAll(() => app.stop());

const CLASSIFY = `mutation ($images: [ImageInput!]!) {
  classifyImages(input: { images: $images, taxonomies: [{ by: { name: "animals" } }] }) { userErrors { code } }
}`;
const pathOf = (index: number) => `variables.images.${index}.source.upload`;
const imagesOf = (count: number) => Array.from({ length: count }, () => ({ source: { upload: null } }));
const filesOf = (count: number, bytes: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [pathOf(index), new Uint8Array(bytes)]));

/** `operations` and `map` of so many images, by the rules. */
function formOf(count: number): string {
  const map = Object.fromEntries(Array.from({ length: count }, (_, index) => [index, [pathOf(index)]]));
  const operations = { query: CLASSIFY, variables: { images: imagesOf(count) } };
  return formField('operations', JSON.stringify(operations)) + formField('map', JSON.stringify(map));
}

const statusOf = (request: HalfRequest) =>
  until('an answer', () => /^HTTP\/1.1 (\d+)/.exec(request.answer())?.[1]);
const bestFor = async ({ key }: SeededTenant) => {
  const { status, payload } = await classify(app, { images: [oneCat], key });
  return [status, payload && bestOf(payload)];
};

describe('an upload that is answered early', () => {
  it.each([
    ['a scope that no upload needs', 'TAXONOMY_READ', CLASSIFY, 403],
    ['a query that reads none of it', 'CLASSIFY', '{ viewer { isOperator } }', 200],
    ['a query that is none', 'CLASSIFY', '{ nothing }', 200],
    ['more images than may be', 'CLASSIFY', CLASSIFY.replace('taxonomies: [', 'topK: 0, taxonomies: ['), 200],
  ] as const)('holds no file and no room: %s', async (_, scope, query, expected) => {
    const key = await a.createKey(scope);
    const files = filesOf(100, 19_000);
    for (let round = 0; round < 10; round++) {
      const { status } = await app.send({ query, variables: { images: imagesOf(100) }, files, key });
      expect(status).toBe(expected);
    }
    expect(countTemporaryFiles()).toBe(0);
    expect(await bestFor(a)).toEqual([200, [['cat']]]);
  });

  it('holds nothing of files that share one name, either', async () => {
    const form = new FormData();
    form.append('operations', JSON.stringify({ query: CLASSIFY, variables: { images: imagesOf(1) } }));
    form.append('map', JSON.stringify({ 0: [pathOf(0)] }));
    for (let index = 0; index < 50; index++) form.append('0', new Blob([oneCat]), 'f');
    const headers = { authorization: `Bearer ${a.key}`, 'apollo-require-preflight': '1' };
    const response = await fetch(`${app.url}/graphql`, { method: 'POST', headers, body: form });
    expect(await response.json()).toMatchObject({ data: { classifyImages: { userErrors: [] } } });
    expect(countTemporaryFiles()).toBe(0);
  });
});

describe('a body that keeps still', () => {
  it('holds no place: the others, and its own tenant, are served meanwhile', async () => {
    const body = formOf(100) + fileHead('0');
    const stalled = Array.from({ length: 10 }, () =>
      startUpload({ url: app.url, key: a.key, body, contentLength: 1_900_000 }),
    );
    try {
      await Promise.all(stalled.map(({ socket }) => new Promise((sent) => socket.write('x', sent))));
      await until('they are no work', () => app.services.gate.total === 0);
      expect(await bestFor(b)).toEqual([200, [['cat']]]);
      expect(await bestFor(a)).toEqual([200, [['cat']]]);
      expect(stalled.map(({ answer }) => answer())).toEqual(stalled.map(() => ''));
    } finally {
      for (const { socket } of stalled) socket.destroy();
    }
  });

  it('is cut off', async () => {
    const impatient = await startTestApp({ ...LIMITS, bodyIdleMs: 50 });
    try {
      const tenant = await seed(impatient).withTenant('slow').alone();
      const body = formOf(1) + fileHead('0');
      const request = startUpload({ url: impatient.url, key: tenant.key, body, contentLength: 1_000 });
      await request.closed;
      expect(request.answer()).toContain('408 Request Timeout');
      expect(request.answer()).toContain('DEADLINE_EXCEEDED');
    } finally {
      await impatient.stop();
    }
  });
});

describe('the bytes of uploads', () => {
  it('of one tenant take half of the room at most', async () => {
    const body = Buffer.concat([Buffer.from(formOf(2) + fileHead('0')), Buffer.alloc(1_400_000)]);
    const startLarge = () => startUpload({ url: app.url, key: a.key, body, contentLength: 1_900_000 });
    let large = startLarge();
    const send = ({ key }: SeededTenant) =>
      app.send({ query: CLASSIFY, variables: { images: imagesOf(1) }, files: filesOf(1, 1_400_000), key });
    try {
      const refused = await until('the room of the tenant is taken', async () => {
        const answer = await send(a);
        if (large.answer() !== '') large = startLarge(); // the other came first
        return answer.status === 503 && answer;
      });
      expect(refused.errors[0]!.extensions).toMatchObject({ code: 'OVERLOADED', retryAfterMs: 1_000 });
      expect((await send(b)).status).toBe(200);
    } finally {
      large.socket.destroy();
    }
    await until('the room is free again', async () => (await send(a)).status === 200);
  });

  it('are refused by their announced length before they come', async () => {
    const request = startUpload({ url: app.url, key: a.key, body: '', contentLength: 2_000_001 });
    expect(await statusOf(request)).toBe('413');
    expect(request.answer()).toContain('at most 2000000 bytes');
    expect(request.answer()).toContain('"details":{"maxBytes":2000000}');
    request.socket.destroy();
  });

  it('that nobody announced are counted as they come', async () => {
    const send = (count: number, bytes: Uint8Array<ArrayBuffer>) => {
      const files = Array.from({ length: count }, (_, index) => [
        Buffer.from(fileHead(`${index}`)),
        bytes,
        Buffer.from('\r\n'),
      ]);
      const body = new Blob([formOf(count), ...files.flat(), '--x--\r\n']).stream();
      const headers = {
        authorization: `Bearer ${a.key}`,
        'content-type': 'multipart/form-data; boundary=x',
        'apollo-require-preflight': '1',
      };
      return fetch(`${app.url}/graphql`, { method: 'POST', headers, body, duplex: 'half' } as RequestInit);
    };
    const served = await send(60, oneCat.slice(0, 100));
    expect(await served.json()).toMatchObject({ data: { classifyImages: { userErrors: [] } } });
    const refused = await send(3, new Uint8Array(900_000));
    expect([refused.status, await refused.text()]).toEqual([413, expect.stringContaining('COST_LIMIT')]);
  });
});

describe('the operations of a form', () => {
  const send = (query: string, variables: Record<string, unknown>) =>
    app.send({ query, variables, files: filesOf(20, 100), key: a.key });
  const described = Array.from({ length: 20 }, () => ({
    source: { upload: null },
    metadata: { text: 'x'.repeat(9_000) },
  }));

  it('may be as large as the metadata of its images, and for no other operation', async () => {
    expect((await send(CLASSIFY, { images: described })).status).toBe(200);
    const refused = await send('{ viewer { isOperator } }', { images: described });
    expect([refused.status, refused.errors[0]!.extensions.code]).toEqual([413, 'COST_LIMIT']);
  });

  it.each(['query', 'variables', 'variables.images', 'variables.images.0', '__proto__.x', 'constructor', ''])(
    'take a file only where a null keeps its place, not at %j',
    async (path) => {
      const files = { [path]: oneCat };
      const { status, errors } = await app.send({
        query: CLASSIFY,
        variables: { images: imagesOf(1) },
        files,
        key: a.key,
      });
      expect([status, errors[0]!.extensions.code]).toEqual([400, 'INVALID_INPUT']);
    },
  );
});
