import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bestOf, classify, readExample } from '../support/classify.ts';
import { toUuid } from '../../src/ids.ts';
import { withClient } from '../support/database.ts';
import { until } from '../support/poll.ts';
import { recordStatements } from '../support/record-statements.ts';
import { seed, type SeededTenant } from '../support/seed.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';

const cat = readExample('one-cat.png');
const broken = new Uint8Array(200).fill(7);

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const UPDATE = `mutation ($input: UpdateTenantInput!) {
  updateTenant(input: $input) {
    tenant { id quotas { imagesPerMinute imagesPerMonth } retention { classificationsDays } trustedDocumentsOnly }
    userErrors { code path }
  }
}`;
const USAGE =
  '{ tenant { quotas { imagesPerMinute imagesPerMonth } usage { imagesThisMonth classificationsThisMonth imagesLeftNow } } }';

interface Updated {
  updateTenant: { tenant: { id: string } | null; userErrors: { code: string; path: string[] }[] };
}
const update = (input: Record<string, unknown>, key = app.operatorKey) =>
  app.send<Updated>({ query: UPDATE, variables: { input }, key });

async function tenantWith(name: string, quotas: Record<string, number | null>): Promise<SeededTenant> {
  const tenant = await seed(app).withTenant(name).withTaxonomy(['one-cat', 'one-dog']);
  const { data } = await update({ id: tenant.id, quotas });
  expect(data!.updateTenant.userErrors).toEqual([]);
  return tenant;
}
const send = (key: string, count = 1, input: Record<string, unknown> = {}) =>
  classify(app, { images: Array.from({ length: count }, () => cat), key, input });
const codeOf = ({ errors, payload }: Awaited<ReturnType<typeof send>>) =>
  errors[0]?.extensions.code ?? payload?.userErrors[0]?.code ?? 'OK';
const usageOf = async (key: string) =>
  (await app.graphql<{ tenant: { usage: Record<string, number | null> } }>(USAGE, {}, key)).tenant.usage;

describe('imagesPerMinute', () => {
  it('gives as many images at once, then RATE_LIMITED with a time to retry in all three places', async () => {
    const { key } = await tenantWith('rate', { imagesPerMinute: 5 });
    expect(codeOf(await send(key, 3))).toBe('OK');
    expect(codeOf(await send(key, 2))).toBe('OK');
    const refused = await send(key);
    expect(refused.status).toBe(429);
    const { code, retryAfterMs, details } = refused.errors[0]!.extensions;
    expect([code, details]).toEqual(['RATE_LIMITED', { imagesPerMinute: 5 }]);
    expect(retryAfterMs).toBeGreaterThan(8_000); // an image every 12 seconds
    expect(retryAfterMs).toBeLessThanOrEqual(12_000);
    expect(refused.headers.get('retry-after')).toBe(String(Math.ceil(retryAfterMs! / 1000)));
    expect(await usageOf(key)).toEqual({ imagesThisMonth: 5, classificationsThisMonth: 5, imagesLeftNow: 0 });
  });

  it('lets no more of many requests at once through, and no fewer', async () => {
    const { key } = await tenantWith('at once', { imagesPerMinute: 10 });
    const startedAt = performance.now();
    const codes: string[] = [];
    const sendFive = async () => {
      for (let i = 0; i < 5; i += 1) codes.push(codeOf(await send(key)));
    };
    await Promise.all(Array.from({ length: 11 }, sendFive)); // fewer at once than a starved server finds too many
    // One that ends while another is weighed may count twice for it: the last places are given one by one.
    while (codes.at(-1) !== 'RATE_LIMITED') codes.push(codeOf(await send(key)));
    const passed = codes.filter((code) => code === 'OK').length;
    expect(passed).toBeGreaterThanOrEqual(10);
    expect(passed).toBeLessThanOrEqual(10 + (performance.now() - startedAt) / 6_000); // one more every 6 seconds
    expect(new Set(codes)).toEqual(new Set(['OK', 'RATE_LIMITED']));
    expect(await usageOf(key)).toMatchObject({ imagesThisMonth: passed });
  });

  it('lets images through again as time goes by', async () => {
    const tenant = await tenantWith('again', { imagesPerMinute: 2 });
    expect(codeOf(await send(tenant.key, 2))).toBe('OK');
    expect(codeOf(await send(tenant.key))).toBe('RATE_LIMITED');
    await letTimePass(31_000); // one image every 30 seconds
    await forgetDoors(tenant);
    expect(codeOf(await send(tenant.key, 2))).toBe('RATE_LIMITED');
    expect(codeOf(await send(tenant.key))).toBe('OK');
  });

  it('counts a tenth of an image for each further taxonomy', async () => {
    const tenant = await tenantWith('weights', { imagesPerMinute: 2 });
    await tenant.createTaxonomy(['apple'], { name: 'fruit' });
    const both = { images: [cat], taxonomies: ['animals', 'fruit'], key: tenant.key };
    expect(codeOf(await classify(app, both))).toBe('OK');
    expect(await usageOf(tenant.key)).toEqual({
      imagesThisMonth: 1,
      classificationsThisMonth: 2,
      imagesLeftNow: 0, // 0.9 are left
    });
  });

  it('tells a request that is larger than the whole rate to be split', async () => {
    const { key } = await tenantWith('too large', { imagesPerMinute: 2 });
    const { payload } = await send(key, 3);
    expect(payload!.userErrors).toMatchObject([{ code: 'INVALID_INPUT', path: ['images'] }]);
  });

  it('costs nothing where the request as a whole fails', async () => {
    const { key } = await tenantWith('fails', { imagesPerMinute: 2 });
    const { payload } = await classify(app, { images: [cat, cat], taxonomies: ['absent'], key });
    expect(payload!.userErrors[0]!.code).toBe('NOT_FOUND');
    expect(await usageOf(key)).toMatchObject({ imagesThisMonth: 0, imagesLeftNow: 2 });
    expect(codeOf(await send(key, 2))).toBe('OK');
  });

  it('limits one API key beside the others', async () => {
    const tenant = await seed(app).withTenant('keys').withTaxonomy(['one-cat', 'one-dog']);
    const { createApiKey } = await app.graphql<{ createApiKey: { secret: string; apiKey: object } }>(
      `mutation { createApiKey(input: { name: "slow", scopes: [CLASSIFY], imagesPerMinute: 1 }) {
        secret apiKey { imagesPerMinute }
      } }`,
      {},
      tenant.key,
    );
    expect(createApiKey.apiKey).toEqual({ imagesPerMinute: 1 });
    expect(codeOf(await send(createApiKey.secret))).toBe('OK');
    const refused = await send(createApiKey.secret);
    expect(codeOf(refused)).toBe('RATE_LIMITED');
    expect(refused.errors[0]!.message).toMatch(/^The API key may classify 1 images a minute/);
    expect(codeOf(await send(tenant.key))).toBe('OK');
  });
});

describe('imagesPerMonth', () => {
  it('ends with QUOTA_EXCEEDED until the next month', async () => {
    const { key } = await tenantWith('month', { imagesPerMonth: 3 });
    expect(codeOf(await send(key, 2))).toBe('OK');
    const refused = await send(key, 2);
    expect([refused.status, codeOf(refused)]).toEqual([429, 'QUOTA_EXCEEDED']);
    const { retryAfterMs } = refused.errors[0]!.extensions;
    const now = new Date();
    const nextMonth = Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1);
    expect(Math.abs(now.getTime() + retryAfterMs! - nextMonth)).toBeLessThan(5_000);
    expect(codeOf(await send(key, 1))).toBe('OK');
    expect(codeOf(await send(key, 1))).toBe('QUOTA_EXCEEDED');
  });

  it('is exact for many requests at once, and a raised quota holds at once', async () => {
    const tenant = await tenantWith('month at once', { imagesPerMonth: 7 });
    const codes = (await Promise.all(Array.from({ length: 11 }, () => send(tenant.key)))).map(codeOf);
    expect(codes.filter((code) => code === 'OK')).toHaveLength(7);
    await update({ id: tenant.id, quotas: { imagesPerMonth: null } });
    await forgetDoors(tenant);
    expect(codeOf(await send(tenant.key))).toBe('OK');
    expect(await usageOf(tenant.key)).toMatchObject({ imagesThisMonth: 8, imagesLeftNow: null });
  });

  it('counts images that were classified, not those that are broken', async () => {
    const { key } = await tenantWith('broken', { imagesPerMonth: 100 });
    const { payload } = await classify(app, { images: [cat, broken], key });
    expect(bestOf(payload)).toEqual([['one-cat'], ['IMAGE_UNSUPPORTED']]);
    expect(await usageOf(key)).toEqual({
      imagesThisMonth: 1,
      classificationsThisMonth: 1,
      imagesLeftNow: 99,
    });
  });
});

describe('a repeated request', () => {
  it('is answered though the rate is used up, and charged once', async () => {
    const { key } = await tenantWith('replay', { imagesPerMinute: 10, imagesPerMonth: 2 });
    const first = await send(key, 2, { idempotencyKey: 'once' });
    const again = await send(key, 2, { idempotencyKey: 'once' });
    const idsOf = ({ payload }: typeof first) => payload!.results.map(({ outcomes }) => outcomes[0]!.id);
    expect(idsOf(again)).toEqual(idsOf(first));
    expect(await usageOf(key)).toMatchObject({ imagesThisMonth: 2 });
    expect(codeOf(await send(key))).toBe('QUOTA_EXCEEDED');
  });
});

describe('a refusal', () => {
  it('happens before an image is decoded', async () => {
    const { key } = await tenantWith('early', { imagesPerMinute: 1 });
    await send(key);
    const before = app.services.inference.stats();
    expect(codeOf(await send(key))).toBe('RATE_LIMITED');
    expect(app.services.inference.stats()).toEqual(before);
  });

  it('is told at the door from then on: nothing is asked of the database but the key', async () => {
    const { key } = await tenantWith('door', { imagesPerMinute: 1 });
    await send(key);
    await send(key);
    const statements = await recordStatements(async () => {
      expect(codeOf(await send(key))).toBe('RATE_LIMITED');
    });
    expect(statements.filter((sql) => /rate_bucket|usage_month/.test(sql))).toEqual([]);
  });

  it('leaves the tenant beside it alone', async () => {
    const { key } = await tenantWith('limited', { imagesPerMinute: 1 });
    const other = await tenantWith('unlimited', {});
    await send(key);
    expect(codeOf(await send(key))).toBe('RATE_LIMITED');
    expect(codeOf(await send(other.key, 5))).toBe('OK');
  });
});

describe('the charge', () => {
  it('rolls back with the work that it pays for', async () => {
    const { key } = await tenantWith('rollback', { imagesPerMinute: 5, imagesPerMonth: 5 });
    await withClient(app.database.superuserUrl, (client) =>
      client.query(`alter table prediction add constraint never check (false) not valid`),
    );
    expect(codeOf(await send(key))).toBe('INTERNAL');
    await withClient(app.database.superuserUrl, (client) =>
      client.query('alter table prediction drop constraint never'),
    );
    expect(await usageOf(key)).toEqual({ imagesThisMonth: 0, classificationsThisMonth: 0, imagesLeftNow: 5 });
  });

  it('is exact although another process has used up the rate meanwhile', async () => {
    const tenant = await tenantWith('two processes', { imagesPerMinute: 4 });
    const { quotas, db } = app.services;
    const tenantId = uuidOf(tenant);
    const payer = { tenantId, apiKeyId: tenantId };
    const price = { images: 3, weight: 3 };
    const kept = await quotas.reserve(payer, price, null);
    await withClient(app.database.superuserUrl, (client) =>
      client.query(`insert into rate_bucket values ($1, $1, now() + interval '30 seconds')`, [tenantId]),
    );
    const charging = db.withTenant(tenantId, (tx) => kept.charge(tx, { images: 3, classifications: 3 }));
    await expect(charging).rejects.toMatchObject({ code: 'RATE_LIMITED' });
    kept.release();
    expect(await usageOf(tenant.key)).toEqual({
      imagesThisMonth: 0,
      classificationsThisMonth: 0,
      imagesLeftNow: 2,
    });
  });
});

function uuidOf({ id }: SeededTenant): string {
  return toUuid('tenant', id)!;
}

/** As if the time had gone by: everything that a bucket remembers lies further back. */
async function letTimePass(ms: number): Promise<void> {
  await withClient(app.database.superuserUrl, (client) =>
    client.query(`update rate_bucket set full_at = full_at - $1 * interval '1 millisecond'`, [ms]),
  );
}

/** The door remembers a refusal for a moment: until it asks the database again. */
async function forgetDoors(tenant: SeededTenant): Promise<void> {
  const payer = { tenantId: uuidOf(tenant), apiKeyId: uuidOf(tenant) };
  await until('the door opens', () => {
    try {
      app.services.quotas.checkDoor(payer);
      return true;
    } catch {
      return false;
    }
  });
}
