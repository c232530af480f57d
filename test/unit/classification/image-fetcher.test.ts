import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createImageFetcher, type FetchedImages } from '../../../src/classification/image-fetcher.ts';
import { FETCH_LIMITS } from '../../../src/limits.ts';
import { parseAllowedTargets } from '../../../src/outbound/allowed-targets.ts';
import { createOutbound } from '../../../src/outbound/outbound.ts';
import { createFakeNetwork } from '../../support/fake-network.ts';

const CDN = '93.184.215.14';
const network = createFakeNetwork();
const outbound = createOutbound(parseAllowedTargets(''), network);
const { signal } = new AbortController();
const caller = { tenantId: 'a', signal };

let open = 0;
let most = 0;
const server = createServer((request, response) => {
  most = Math.max(most, ++open);
  response.once('close', () => open--);
  if (request.url === '/slow') return void response.write('x'); // and never ends
  setImmediate(() => response.end(Buffer.alloc(1_000)));
});
beforeAll(async () => {
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  network.names.set('cdn.example.com', [CDN]);
  network.servers.set(CDN, (server.address() as AddressInfo).port);
});
afterAll(async () => {
  await outbound.stop();
  await new Promise((closed) => server.close(closed));
});

const fetcher = (limits: Partial<typeof FETCH_LIMITS> = {}) =>
  createImageFetcher({ outbound, maxImageBytes: 10_000, limits: { ...FETCH_LIMITS, ...limits } });
const urls = (count: number) => Array.from({ length: count }, (_, i) => `http://cdn.example.com/${i}`);
const codesOf = ({ images }: FetchedImages) =>
  [...images.values()].map((image) => ('error' in image ? image.error.code : 'OK'));

it('opens a bounded number of connections', async () => {
  most = 0;
  const fetched = await fetcher({ perKey: 3 }).fetch(urls(30), caller);
  expect([codesOf(fetched).every((code) => code === 'OK'), fetched.bytes]).toEqual([true, 30_000]);
  expect(most).toBeLessThanOrEqual(3);
});

it('gives up on an image that drips, and on those that waited too long behind it', async () => {
  const slow = fetcher({ timeoutMs: 200 }).fetch(['http://cdn.example.com/slow'], caller);
  expect(codesOf(await slow)).toEqual(['IMAGE_FETCH_FAILED']);
  const behind = fetcher({ perKey: 1, timeoutMs: 400, requestTimeoutMs: 100 });
  const both = await behind.fetch(['http://cdn.example.com/slow', 'http://cdn.example.com/1'], caller);
  expect(codesOf(both)).toEqual(['IMAGE_FETCH_FAILED', 'IMAGE_FETCH_FAILED']);
});

it('holds a bounded number of bytes until they are released', async () => {
  const bounded = fetcher({ bytesPerKey: 2_500, bytes: 3_500 });
  const first = await bounded.fetch(urls(3), caller);
  expect(codesOf(first).toSorted()).toEqual(['IMAGE_FETCH_FAILED', 'OK', 'OK']);
  const other = { tenantId: 'b', signal };
  expect(codesOf(await bounded.fetch(urls(2), other)).toSorted()).toEqual(['IMAGE_FETCH_FAILED', 'OK']);
  first.release();
  first.release();
  expect(codesOf(await bounded.fetch(urls(2), caller))).toEqual(['OK', 'OK']);
});

it('refuses a request that would wait without end', async () => {
  const refused = fetcher({ maxPerKey: 2 }).fetch(urls(3), caller);
  await expect(refused).rejects.toMatchObject({ code: 'OVERLOADED', retryAfterMs: 2_000 });
});

it('ends with the caller’s own reason when it leaves', async () => {
  const leaving = new AbortController();
  const fetched = fetcher().fetch(['http://cdn.example.com/slow'], { tenantId: 'a', signal: leaving.signal });
  setImmediate(() => leaving.abort(new Error('left')));
  await expect(fetched).rejects.toThrow('left');
});
