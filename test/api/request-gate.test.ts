import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../src/errors.ts';
import type { GateStay } from '../../src/http/request-gate.ts';
import { toUuid } from '../../src/ids.ts';
import { makeApiKeySecret } from '../../src/tenancy/secrets.ts';
import { bestOf, classifySources, readExample } from '../support/classify.ts';
import { startUpload } from '../support/half-request.ts';
import { until } from '../support/poll.ts';
import { seed, type SeededTenant } from '../support/seed.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';

const base64 = Buffer.from(readExample('two-cats.jpg')).toString('base64');

let app: TestApp;
let tenant: SeededTenant;
beforeAll(async () => {
  app = await startTestApp();
  tenant = await seed(app).withTenant('gate').withTaxonomy(['cat', 'bicycle']);
});
afterAll(() => app.stop());

const classify = (source: object) => classifySources(app, { key: tenant.key, sources: [source] });

/** As many requests of a tenant in progress as make an overload, until `work` is done. */
async function whileOverloaded(turn: string, work: () => Promise<void>): Promise<void> {
  const stays: GateStay[] = [];
  const isRefused = () => {
    try {
      stays.push(app.services.gate.enter(turn));
      return false;
    } catch (error) {
      return error instanceof AppError && error.code === 'OVERLOADED';
    }
  };
  for (let count = 0; count < 300 && !isRefused(); count += 1); // the last overload may not be forgotten yet
  try {
    await until('the overload is noticed', isRefused);
    await work();
  } finally {
    for (const stay of stays) stay.leave(false);
  }
}

describe('under overload', () => {
  it.each([
    ['base64', { base64 }],
    ['URL', { url: 'http://cdn.example.com/a.png' }],
  ])('images by %s are refused like uploads', async (_, source) => {
    await whileOverloaded(toUuid('tenant', tenant.id)!, async () => {
      const { status, errors } = await classify(source);
      expect([status, errors[0]!.extensions.code]).toEqual([503, 'OVERLOADED']);
      expect(errors[0]!.extensions.retryAfterMs).toBeGreaterThan(0);
    });
  });

  it('an upload is refused before its body has come', async () => {
    await whileOverloaded(toUuid('tenant', tenant.id)!, async () => {
      const upload = startUpload({ url: app.url, key: tenant.key, body: '', contentLength: 10_000_000 });
      const answer = await until('an answer', () => upload.answer() !== '' && upload.answer());
      expect(answer).toMatch(/^HTTP\/1.1 503 .*\r\nRetry-After: \d+\r\n.*"code":"OVERLOADED"/s);
      upload.socket.destroy();
    });
  });

  it('what brings no images is served', async () => {
    await whileOverloaded(toUuid('tenant', tenant.id)!, async () => {
      const { status } = await app.send({ query: '{ viewer { isOperator } }', key: tenant.key });
      expect(status).toBe(200);
    });
  });

  it('a tenant beside the one that floods is served', async () => {
    await whileOverloaded('another tenant', async () => {
      expect(bestOf((await classify({ base64 })).payload)).toEqual([['cat']]);
    });
  });

  it('keys that somebody made up have the turns of one tenant, however many tenants they name', async () => {
    const { gate } = app.services;
    await whileOverloaded('strangers', async () => {
      const madeUp = Array.from({ length: 20 }, (_, index) =>
        makeApiKeySecret(`0190a000-0000-7000-8000-0000000001${10 + index}`),
      );
      const before = gate.total;
      const statuses = await Promise.all(
        madeUp.map(async (key) => {
          const files = { 'variables.a': new Uint8Array(1) };
          return (await app.send({ query: '{ viewer { isOperator } }', variables: { a: null }, files, key }))
            .status;
        }),
      );
      expect(new Set(statuses)).toEqual(new Set([503]));
      expect(gate.total).toBe(before);
      expect(bestOf((await classify({ base64 })).payload)).toEqual([['cat']]);
    });
  });
});
