import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asSuperuser } from '../support/database.ts';
import { until } from '../support/poll.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const readiness = async () => {
  const response = await fetch(`${app.url}/readyz`);
  const { status, reasons = [] } = (await response.json()) as { status: string; reasons?: string[] };
  return { code: response.status, status, reasons };
};

/** As an outage looks to the app: its connections break and no new one is taken. */
async function setDatabase(state: 'up' | 'down'): Promise<void> {
  const name = new URL(app.database.applicationUrl).pathname.slice(1);
  await asSuperuser(`alter database ${name} allow_connections ${state === 'up'}`);
  if (state === 'down') {
    await asSuperuser(`select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
  }
}

describe('health', () => {
  it('is ready when a picture goes the whole way', async () => {
    const before = app.services.inference.stats().imagesEncoded;
    expect(await readiness()).toEqual({ code: 200, status: 'ready', reasons: [] });
    expect(app.services.inference.stats().imagesEncoded).toBe(before + 1);
  });

  it('costs one inference, however many ask at once', async () => {
    await readiness();
    const before = app.services.inference.stats().imagesEncoded;
    await Promise.all(Array.from({ length: 20 }, readiness));
    expect(app.services.inference.stats().imagesEncoded).toBeLessThanOrEqual(before + 1);
  });

  it('is not ready without the database, lives on, and is ready again with it', async () => {
    await setDatabase('down');
    try {
      const { reasons } = await until('503', async () => {
        const answer = await readiness();
        return answer.code === 503 && answer;
      });
      expect(reasons).toEqual(['database does not answer']);
      expect((await fetch(`${app.url}/livez`)).status).toBe(200);
    } finally {
      await setDatabase('up');
    }
    await until('200', async () => (await readiness()).code === 200);
    const { tenants } = await app.graphql<{ tenants: object }>(
      '{ tenants(first: 1) { nodes { id } } }',
      {},
      app.operatorKey,
    );
    expect(tenants).toEqual({ nodes: [] });
  });
});
