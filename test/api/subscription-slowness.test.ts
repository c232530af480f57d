import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { classify, readExample } from '../support/classify.ts';
import { readMetric } from '../support/metrics.ts';
import { until } from '../support/poll.ts';
import { openAs } from '../support/raw-socket.ts';
import { seed } from '../support/seed.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';

const cat = readExample('one-cat.png');
/** Some 260 kB an event: 99 of them are more than sockets hold. */
const WIDE = `subscription ($taxonomyId: ID!, $after: ID) {
  classificationCreated(taxonomyId: $taxonomyId, after: $after) {
    ${Array.from({ length: 29 }, (_, index) => `m${index}: metadata`).join(' ')} } }`;

let app: TestApp;
let key: string;
let body: { query: string; variables: object };
beforeAll(async () => {
  app = await startTestApp({}, { live: { slowMs: 300, heartbeatMs: 60_000 } });
  const tenant = await seed(app).withTenant('slow').withTaxonomy(['cat']);
  key = tenant.key;
  const metadata = Array.from({ length: 100 }, () => ({ text: 'x'.repeat(9_000) }));
  const { payload } = await classify(app, { images: metadata.map(() => cat), metadata, key });
  const after = payload!.results[0]!.outcomes[0]!.id;
  body = { query: WIDE, variables: { taxonomyId: tenant.taxonomy.id, after } };
});
afterAll(() => app?.stop());

const slowSoFar = () => readMetric(app.url, 'taxolens_slow_clients_total');

describe('a client that does not read', () => {
  it('of a WebSocket is told so by a typed error and a close code, and nothing piles up for it', async () => {
    const before = await slowSoFar();
    const raw = await openAs(app.url, key);
    raw.socket.pause();
    raw.send({ id: 'slow', type: 'subscribe', payload: body });
    await until('it is slow', async () => (await slowSoFar()) > before);
    expect(await readMetric(app.url, 'taxolens_open_subscriptions')).toBe(0);
    raw.socket.resume();
    expect(await raw.closed).toMatch(/^1013 OVERLOADED/);
    expect(await raw.errorOf('slow')).toBe('OVERLOADED');
    expect(raw.messages.filter(({ type }) => type === 'next').length).toBeLessThan(99);
  });

  it('of a WebSocket is slow, too, where it asks and asks', async () => {
    const before = await slowSoFar();
    const raw = await openAs(app.url, key);
    raw.socket.pause();
    const ping = { type: 'ping', payload: { text: 'x'.repeat(90_000) } };
    await until('it is slow', async () => {
      for (let count = 0; count < 10; count += 1) raw.send(ping);
      return (await slowSoFar()) > before;
    });
    raw.socket.resume();
    expect(await raw.closed).toMatch(/^1013 OVERLOADED/);
  });

  it('of an event stream is told so by its last event', async () => {
    const before = await slowSoFar();
    const response = await fetch(`${app.url}/graphql/stream`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        accept: 'text/event-stream',
      },
      body: JSON.stringify(body),
    });
    await until('it is slow', async () => (await slowSoFar()) > before);
    const text = await response.text();
    expect(text).toContain('"code":"OVERLOADED"');
    expect(text.endsWith('event: complete\ndata:\n\n')).toBe(true);
    expect(text.split('event: next').length).toBeLessThan(99);
  });
});
