import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toUuid } from '../../src/ids.ts';
import { recordUsage } from '../../src/metering/ledger.ts';
import { LEDGER_KEPT_MS, rollUp, startRollUp } from '../../src/metering/roll-up.ts';
import { classify, readExample } from '../support/classify.ts';
import { withClient } from '../support/database.ts';
import { seed, type SeededTenant } from '../support/seed.ts';
import { silentLogger } from '../support/silent-logger.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';

const DAY_MS = 86_400_000;
const cat = readExample('one-cat.png');
const dog = readExample('one-dog.jpg');
const broken = new Uint8Array(200).fill(7);

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

interface Group {
  start: string | null;
  apiKey: { name: string } | null;
  modelId: string | null;
  images: number;
  classifications: number;
}
const USAGE = `query ($from: DateTime!, $to: DateTime!, $by: UsageBy!) {
  usage(from: $from, to: $to, by: $by) {
    total { images classifications }
    groups { start apiKey { name } modelId images classifications }
  }
}`;
const daysFromNow = (days: number) => new Date(Date.now() + days * DAY_MS);
async function usageOf(key: string, by: string, from = daysFromNow(0), to = daysFromNow(1)) {
  const variables = { from, to, by };
  const { data, errors } = await app.send<{ usage: { total: Group; groups: Group[] } }>({
    query: USAGE,
    variables,
    key,
  });
  return { usage: data?.usage, code: errors[0]?.extensions.code };
}
const makeTenant = async (name: string): Promise<SeededTenant> => {
  const tenant = await seed(app).withTenant(name).withTaxonomy(['cat', 'dog']);
  await tenant.createTaxonomy(['apple', 'pear'], { name: 'fruit' });
  return tenant;
};

/** Sets the ledger of a tenant back. */
const age = (tenantId: string, days: number) =>
  withClient(app.database.superuserUrl, (client) =>
    client.query(
      `update usage_event set occurred_at = occurred_at - make_interval(days => $2) where tenant_id = $1`,
      [toUuid('tenant', tenantId), days],
    ),
  );

describe('usage', () => {
  it('counts images and classifications that were made, and no others', async () => {
    const { key } = await makeTenant('counts');
    await classify(app, { images: [cat, broken, dog], taxonomies: ['animals', 'fruit'], key });
    await classify(app, { images: [broken], key });
    await classify(app, { images: [cat], taxonomies: ['absent'], key });
    for (let time = 0; time < 3; time++) {
      await classify(app, { images: [cat], key, input: { idempotencyKey: 'counted once' } });
    }
    const { usage } = await usageOf(key, 'MODEL');
    expect(usage).toEqual({
      total: { images: 3, classifications: 5 },
      groups: [{ start: null, apiKey: null, modelId: expect.any(String), images: 3, classifications: 5 }],
    });
  });

  it('is grouped by API key, where tokens count as their key, and by day', async () => {
    const tenant = await makeTenant('groups');
    const other = await tenant.createKey('CLASSIFY');
    const { createAccessToken } = await app.graphql<{ createAccessToken: { token: string } }>(
      `mutation { createAccessToken(input: { scopes: [CLASSIFY], ttlSeconds: 60, origins: ["https://a.example"] }) { token } }`,
      {},
      other,
    );
    await classify(app, { images: [cat], key: tenant.key });
    await age(tenant.id, 1);
    await classify(app, { images: [cat, dog], key: other });
    await app.send({
      query: `mutation ($image: Upload!) { classifyImages(input: {
        images: [{ source: { upload: $image } }], taxonomies: [{ by: { name: "animals" } }] }) { userErrors { code } } }`,
      variables: { image: null },
      files: { 'variables.image': cat },
      key: createAccessToken.token,
      headers: { origin: 'https://a.example' },
    });
    const byKey = (await usageOf(tenant.key, 'API_KEY', daysFromNow(-1))).usage!;
    expect(byKey.groups.map(({ apiKey, images }) => [apiKey!.name, images])).toEqual([
      ['seeded', 3],
      ['first key', 1],
    ]);
    const byDay = (await usageOf(tenant.key, 'DAY', daysFromNow(-1))).usage!;
    const days = [-1, 0].map((offset) => `${daysFromNow(offset).toISOString().slice(0, 10)}T00:00:00.000Z`);
    expect(byDay.groups.map(({ start, images }) => [start, images])).toEqual([
      [days[0], 1],
      [days[1], 3],
    ]);
    expect((await usageOf(tenant.key, 'DAY')).usage!.total).toEqual({ images: 3, classifications: 3 });
    expect((await usageOf(tenant.key, 'DAY', daysFromNow(1), daysFromNow(2))).usage).toEqual({
      total: { images: 0, classifications: 0 },
      groups: [],
    });
  });

  it('is the same before, while and after the ledger is folded into days', async () => {
    const tenant = await makeTenant('folded');
    const tenantId = toUuid('tenant', tenant.id)!;
    const { db } = app.services;
    await classify(app, { images: [cat, dog], key: tenant.key });
    await age(tenant.id, 4);
    await classify(app, { images: [cat], key: tenant.key });
    const ask = async () => (await usageOf(tenant.key, 'DAY', daysFromNow(-5))).usage;
    const before = await ask();
    expect(before!.total.images).toBe(3);
    const old = new Date(Date.now() - LEDGER_KEPT_MS);
    const asked = Promise.all(Array.from({ length: 20 }, ask));
    const folded = await Promise.all([rollUp(db, old), rollUp(db, old)]);
    expect(folded[0]! + folded[1]!).toBe(1);
    for (const answer of await asked) expect(answer).toEqual(before);
    expect(await ask()).toEqual(before);

    // More of the same day comes to what is there.
    const id = '01890000-0000-7000-8000-000000000001';
    const [kept] = await db.withTenant(tenantId, (tx) => tx.usageEvent.findMany());
    const { apiKeyId, modelId } = kept!;
    const entry = { id, tenantId, apiKeyId, modelId, images: 10, classifications: 20 };
    for (let time = 0; time < 2; time++) {
      await db.withTenant(tenantId, (tx) => recordUsage(tx, [entry], daysFromNow(-4)));
    }
    const sweep = startRollUp({ db, logger: silentLogger });
    await expect
      .poll(() => db.withTenant(tenantId, (tx) => tx.usageEvent.count()), { timeout: 10_000 })
      .toBe(1);
    await sweep.stop();
    expect((await ask())!.total).toEqual({ images: 13, classifications: 23 });
  });

  it('is for admins, and for days that there are', async () => {
    const tenant = await makeTenant('asks');
    expect((await usageOf(await tenant.createKey('CLASSIFY'), 'DAY')).code).toBe('FORBIDDEN');
    expect((await usageOf(app.operatorKey, 'DAY')).code).toBe('FORBIDDEN');
    expect((await usageOf(tenant.key, 'DAY', daysFromNow(0), daysFromNow(0))).code).toBe('INVALID_INPUT');
    expect((await usageOf(tenant.key, 'DAY', daysFromNow(-367), daysFromNow(0))).code).toBe('INVALID_INPUT');
  });
});
