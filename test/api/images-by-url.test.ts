import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { parseAllowedTargets } from '../../src/outbound/allowed-targets.ts';
import { bestOf, classifySources, readExample } from '../support/classify.ts';
import { createFakeNetwork } from '../support/fake-network.ts';
import { seed, type SeededTenant } from '../support/seed.ts';
import { ssrfForms, TREACHEROUS_NAMES } from '../support/ssrf-forms.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';

const CDN = '93.184.215.14';
const MAX_IMAGE_BYTES = 300_000;
const network = createFakeNetwork();
const twoCats = readExample('two-cats.jpg');

let app: TestApp;
let tenant: SeededTenant;
let cdn: Server;
let inner: Server;
let innerHits = 0;
let answer: RequestListener = (_, response) => response.end();

beforeAll(async () => {
  cdn = await listen((request, response) => answer(request, response));
  inner = await listen((_, response) => {
    innerHits += 1;
    response.end(twoCats);
  });
  app = await startTestApp(
    {
      maxImageBytes: MAX_IMAGE_BYTES,
      allowedPrivateTargets: parseAllowedTargets('10.77.0.0/16, minio.internal'),
    },
    { network },
  );
  tenant = await seed(app).withTenant('a').withTaxonomy(['cat', 'bicycle']);
  for (const [name, addresses] of Object.entries(TREACHEROUS_NAMES)) network.names.set(name, addresses);
  network.names.set('cdn.example.com', [CDN]);
  network.servers.set(CDN, portOf(cdn));
});
afterAll(async () => {
  await app.stop();
  for (const server of [cdn, inner]) await new Promise((closed) => server.close(closed));
});
beforeEach(() => {
  network.dialled.length = 0;
  network.lookups.length = 0;
  innerHits = 0;
  answer = (_, response) => response.end(twoCats);
});

const classifyUrls = async (urls: string[], input: Record<string, unknown> = {}) => {
  const sources = urls.map((url) => ({ url }));
  return (await classifySources(app, { key: tenant.key, sources, input })).payload!;
};
const errorOf = async (url: string) => {
  const { results } = await classifyUrls([url]);
  const { code, message } = results[0]!.outcomes[0]!;
  return { code, message };
};

describe('an image by URL', () => {
  it('is fetched and classified as if it had been uploaded', async () => {
    const payload = await classifyUrls([
      'http://cdn.example.com/two-cats.jpg',
      'http://cdn.example.com/no.png',
    ]);
    expect(bestOf(payload)).toEqual([['cat'], ['cat']]);
    expect(payload.results[0]!.image).toMatchObject({ format: 'JPEG', sizeBytes: twoCats.length });
    expect(network.dialled.map(({ addresses }) => addresses)).toEqual([[CDN], [CDN]]);
  });

  it('is asked for once however often a request names it, without cookies, referrer or compression', async () => {
    const asked: Record<string, unknown>[] = [];
    answer = ({ headers, method }, response) => {
      asked.push({ ...headers, method });
      response.end(twoCats);
    };
    const url = 'http://cdn.example.com/two-cats.jpg#fragment';
    expect(bestOf(await classifyUrls([url, url, url]))).toEqual([['cat'], ['cat'], ['cat']]);
    expect(asked).toEqual([
      {
        method: 'GET',
        host: 'cdn.example.com',
        connection: 'close',
        accept: 'image/*',
        'accept-encoding': 'identity',
        'user-agent': 'Taxolens',
      },
    ]);
  });

  it('is no work of ours while it is fetched', async () => {
    const asked = Promise.withResolvers<() => void>();
    answer = (_, response) => asked.resolve(() => response.end(twoCats));
    const classified = classifyUrls(['http://cdn.example.com/slow-server.png']);
    const give = await asked.promise;
    expect(app.services.gate.total).toBe(0);
    give();
    expect(bestOf(await classified)).toEqual([['cat']]);
  });

  it('may be redirected three times, no more', async () => {
    answer = ({ url }, response) => {
      const left = Number(url!.slice(1));
      if (left === 0) return response.end(twoCats);
      response.writeHead(302, { location: `/${left - 1}` }).end('moved');
    };
    expect(bestOf(await classifyUrls(['http://cdn.example.com/3', 'http://cdn.example.com/4']))).toEqual([
      ['cat'],
      ['IMAGE_FETCH_FAILED'],
    ]);
  });

  it.each<[string, string, RequestListener]>([
    ['a status that is not 200', 'IMAGE_FETCH_FAILED', (_, response) => response.writeHead(404).end()],
    [
      'compression that was not asked for',
      'IMAGE_FETCH_FAILED',
      (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('x'),
    ],
    ['headers without end', 'IMAGE_FETCH_FAILED', (_, r) => r.setHeader('x', 'x'.repeat(20_000)).end('x')],
    ['a connection that breaks', 'IMAGE_FETCH_FAILED', (_, response) => response.socket!.destroy()],
    [
      'a body that breaks off',
      'IMAGE_FETCH_FAILED',
      (_, response) => {
        response.writeHead(200, { 'content-length': twoCats.length }).write(twoCats.subarray(0, 1_000));
        response.socket!.end();
      },
    ],
    [
      'a length above the limit',
      'IMAGE_TOO_LARGE',
      (_, r) => r.writeHead(200, { 'content-length': MAX_IMAGE_BYTES + 1 }).flushHeaders(),
    ],
    [
      'more bytes than the limit',
      'IMAGE_TOO_LARGE',
      (_, r) => {
        r.write(Buffer.alloc(MAX_IMAGE_BYTES));
        r.write('x'); // and never ends
      },
    ],
    ['no bytes at all', 'IMAGE_CORRUPT', (_, response) => response.end()],
    ['a page', 'IMAGE_UNSUPPORTED', (_, response) => response.end('<!doctype html><title>no</title>')],
  ])('fails alone with %s', async (_, code, listener) => {
    answer = (request, response) =>
      request.url === '/good' ? response.end(twoCats) : listener(request, response);
    const payload = await classifyUrls(['http://cdn.example.com/bad', 'http://cdn.example.com/good']);
    expect(bestOf(payload)).toEqual([[code], ['cat']]);
  });

  it('gives the first answer again under an idempotency key, whatever the URL brings by then', async () => {
    const url = 'http://cdn.example.com/changing';
    const first = await classifyUrls([url], { idempotencyKey: 'url' });
    answer = (_, response) => response.end(readExample('one-dog.jpg'));
    expect(await classifyUrls([url], { idempotencyKey: 'url' })).toEqual(first);
  });

  it('is no longer fetched when the client has left', async () => {
    const leaving = new AbortController();
    const closed = new Promise((resolve) => {
      answer = (_, response) => {
        response.once('close', resolve);
        response.write('x');
        leaving.abort();
      };
    });
    const sources = [{ url: 'http://cdn.example.com/slow' }];
    const request = classifySources(app, { key: tenant.key, sources, signal: leaving.signal });
    await expect(request).rejects.toThrow(/abort/);
    await closed;
  });
});

describe('a target that may not be reached', () => {
  const forms = Object.entries(ssrfForms(1));

  it('there are more than 60 forms of', () => {
    expect(forms.length).toBeGreaterThan(60);
  });

  it('is refused in every form before any connection, in the same words, and so is a redirect to it', async () => {
    const urls = Object.values(ssrfForms(portOf(inner))).filter((url) => URL.canParse(url));
    const direct = await errorsOf(urls.filter(({ length }) => length <= 2_048));
    expect(direct.length).toBeGreaterThan(60);
    expect(direct).toEqual(direct.map(() => direct[0]));
    expect(direct[0]!.code).toBe('URL_NOT_ALLOWED');
    expect([network.dialled, innerHits]).toEqual([[], 0]);

    // A relative Location is one of the redirecting host itself.
    const absolute = urls.filter((url) => /^[a-z]+:/.test(url) && url !== 'http://');
    answer = ({ url }, response) =>
      void response.writeHead(302, { location: encodeURI(absolute[Number(url!.slice(1))]!) }).end();
    const redirected = await errorsOf(absolute.map((_, index) => `http://cdn.example.com/${index}`));
    expect(redirected).toEqual(absolute.map(() => direct[0]));
    expect(network.dialled.every(({ addresses }) => addresses.join() === CDN)).toBe(true);
    expect([network.dialled.length, innerHits]).toEqual([absolute.length, 0]);
  });

  it('is told apart from what is no URL at all', async () => {
    for (const text of [
      'not a url',
      'example.com/cat.jpg',
      'http://',
      `http://a.example/${'x'.repeat(2_048)}`,
    ]) {
      expect(await errorOf(text)).toMatchObject({
        code: 'URL_NOT_ALLOWED',
        message: expect.stringContaining('This is no URL of at most 2048 characters'),
      });
    }
  });

  it('gives the same answer whether its port is open, closed or filtered', async () => {
    const closed = await listen(() => {});
    const closedPort = portOf(closed);
    await new Promise((done) => closed.close(done));
    const open = await errorOf(`http://127.0.0.1:${portOf(inner)}/`);
    expect(await errorOf(`http://127.0.0.1:${closedPort}/`)).toEqual(open);
    expect(await errorOf('http://10.255.255.1/')).toEqual(open);
    expect(innerHits).toBe(0);
  });

  it('looks, among those that may be reached, the same when it is closed and when it breaks off', async () => {
    answer = (_, response) => response.socket!.destroy();
    const broken = await errorOf('http://cdn.example.com/');
    expect(await errorOf('http://8.8.4.4/')).toEqual(broken); // nothing stands for this address
  });

  it('is not reached by 1,000 names that change their address', async () => {
    let lookups = 0;
    network.names.set('rebind.example.com', () => (lookups++ % 2 === 0 ? [CDN] : ['127.0.0.1']));
    answer = (_, response) =>
      void response.writeHead(302, { location: `http://rebind.example.com:80/again` }).end();
    for (let round = 0; round < 10; round++) {
      const urls = Array.from({ length: 100 }, (_, index) => `http://rebind.example.com/${round}-${index}`);
      for (const { code } of await errorsOf(urls)) expect(code).toMatch(/URL_NOT_ALLOWED|IMAGE_FETCH_FAILED/);
    }
    expect(lookups).toBeGreaterThan(1_000);
    const inside = network.dialled.filter(({ addresses }) => addresses.some((address) => address !== CDN));
    expect([inside, innerHits]).toEqual([[], 0]);
  });

  async function errorsOf(urls: string[]): Promise<{ code: string; message: string }[]> {
    const payloads = [];
    for (let at = 0; at < urls.length; at += 100) payloads.push(await classifyUrls(urls.slice(at, at + 100)));
    return payloads.flatMap(({ results }) =>
      results.map(({ outcomes }) => ({ code: outcomes[0]!.code!, message: outcomes[0]!.message! })),
    );
  }
});

describe('a target that the operator allows', () => {
  it.each(['http://10.77.1.2:9000/', 'http://minio.internal:9000/', 'http://files.example.com/'])(
    '%s is reached',
    async (url) => {
      network.names.set('minio.internal', ['192.168.3.4']);
      network.names.set('files.example.com', ['10.77.1.2']);
      network.servers.set('10.77.1.2', portOf(inner)).set('192.168.3.4', portOf(inner));
      expect(bestOf(await classifyUrls([url]))).toEqual([['cat']]);
      expect(innerHits).toBe(1);
    },
  );
});

async function listen(listener: RequestListener): Promise<Server> {
  const server = createServer(listener).listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  return server;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
