import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/config.ts';
import type { TestDatabase } from '../support/database.ts';
import { startDurableDatabase } from '../support/durable-database.ts';
import { until } from '../support/poll.ts';
import { endServed, startServed, type Served } from '../support/served.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await startDurableDatabase();
});
afterAll(() => database.drop());

interface Line {
  requestId: string;
  client: string;
}

/** What the log says about a request that came with `X-Forwarded-For: 203.0.113.7, 198.51.100.9`. */
async function logged(served: Served): Promise<Line> {
  const requestId = `probe-${Math.random()}`;
  await fetch(`${served.url}/`, {
    headers: { 'x-forwarded-for': '203.0.113.7, 198.51.100.9', 'x-request-id': requestId },
  });
  const find = () =>
    served
      .output()
      .split('\n')
      .find((line) => line.includes(requestId));
  return JSON.parse(await until('the log line', find)) as Line;
}

const start = (env: NodeJS.ProcessEnv = {}) =>
  startServed({ DATABASE_URL: database.applicationUrl, TAXOLENS_DEMO: 'true', LOG_LEVEL: 'info', ...env });

describe('behind a proxy', () => {
  let served: Served;
  beforeAll(async () => {
    served = await start({
      TAXOLENS_BASE_PATH: '/labels/v1',
      TAXOLENS_PUBLIC_URL: 'https://images.example/labels/v1/',
      TAXOLENS_TRUST_PROXY: '1',
    });
  });
  afterAll(() => endServed(served));

  it('prints the URL that clients reach it by', () => {
    expect(served.output()).toContain('API           https://images.example/labels/v1/graphql\n');
    expect(served.output()).toContain('curl -s https://images.example/labels/v1/graphql');
    expect(served.output()).toMatch(/^Taxolens is ready at http:\/\/127\.0\.0\.1:\d+\/labels\/v1$/m);
  });

  it('has every route below the base path, and none beside it', async () => {
    const at = async (path: string) => (await fetch(new URL(path, served.url))).status;
    expect(await at('/labels/v1/livez')).toBe(200);
    expect(await at('/labels/v1/metrics')).toBe(200);
    expect(await at('/labels/v1')).toBe(200);
    expect(await at('/labels/v1?x=1')).toBe(200);
    expect(await Promise.all(['/', '/livez', '/graphql', '/labels/v12/livez', '/labels'].map(at))).toEqual([
      404, 404, 404, 404, 404,
    ]);
    const { status, errors } = await served.send({ query: '{ viewer { tenant { name } } }', key: 'none' });
    expect({ status, code: errors[0]?.extensions.code }).toEqual({ status: 401, code: 'UNAUTHENTICATED' });
  });

  it('logs the client that the proxy names, and no further one, whom the client could have made up', async () => {
    expect(await logged(served)).toMatchObject({ client: '198.51.100.9' });
  });
});

it('believes no one where no proxy is configured', async () => {
  const served = await start();
  expect(await logged(served)).toMatchObject({ client: '127.0.0.1' });
  await endServed(served);
});

describe('the settings', () => {
  it('take numbers, addresses, CIDRs and names', () => {
    const trust = (TAXOLENS_TRUST_PROXY: string) => readConfig({ TAXOLENS_TRUST_PROXY }).trustedProxies;
    expect(trust('2')).toBe(2);
    expect(trust('loopback, 10.0.0.0/8,fd00::1')).toEqual(['loopback', '10.0.0.0/8', 'fd00::1']);
    expect(readConfig({}).trustedProxies).toBeUndefined();
  });

  it.each([
    ['TAXOLENS_TRUST_PROXY', 'true'],
    ['TAXOLENS_TRUST_PROXY', '11'],
    ['TAXOLENS_TRUST_PROXY', '10.0.0.0/40'],
    ['TAXOLENS_PUBLIC_URL', 'ftp://images.example'],
    ['TAXOLENS_PUBLIC_URL', 'https://images.example/?a=b'],
    ['TAXOLENS_BASE_PATH', 'labels'],
    ['TAXOLENS_BASE_PATH', '/labels/'],
  ])('refuse %s=%s', (name, value) => {
    expect(() => readConfig({ [name]: value })).toThrow(name);
  });
});
