import { afterAll, beforeAll, expect, it } from 'vitest';
import { deleteExpired, startRetention } from '../../src/classification/retention.ts';
import { classify, readExample } from '../support/classify.ts';
import { withClient } from '../support/database.ts';
import { seed, type SeededTenant } from '../support/seed.ts';
import { silentLogger } from '../support/silent-logger.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';

const DAY_MS = 86_400_000;
const image = readExample('one-cat.png');

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

async function tenantKeeping(name: string, classificationsDays: number | null): Promise<SeededTenant> {
  const tenant = await seed(app).withTenant(name).withTaxonomy(['one-cat', 'one-dog']);
  await app.graphql(
    `mutation ($input: UpdateTenantInput!) { updateTenant(input: $input) { userErrors { code } } }`,
    { input: { retention: { classificationsDays } } },
    tenant.key,
  );
  return tenant;
}
const send = (key: string) => classify(app, { images: [image], key, input: { topK: 2 } });
const countOf = async (key: string) => {
  const { classifications } = await app.graphql<{ classifications: { nodes: object[] } }>(
    '{ classifications(first: 100) { nodes { id } } }',
    {},
    key,
  );
  return classifications.nodes.length;
};

it('deletes what is older than its tenant keeps it, with its predictions, and nothing else', async () => {
  const week = await tenantKeeping('a week', 7);
  const month = await tenantKeeping('a month', 30);
  const ever = await tenantKeeping('for ever', null);
  for (const { key } of [week, month, ever]) await send(key);
  const { db } = app.services;
  const now = Date.now();
  expect(await deleteExpired(db, new Date(now + 6.9 * DAY_MS))).toBe(0);
  expect(await deleteExpired(db, new Date(now + 7.1 * DAY_MS))).toBe(1);
  expect(await Promise.all([week, month, ever].map(({ key }) => countOf(key)))).toEqual([0, 1, 1]);
  expect(await deleteExpired(db, new Date(now + 3_650 * DAY_MS))).toBe(1);
  expect(await countOf(ever.key)).toBe(1);
  const { rows } = await withClient(app.database.superuserUrl, (client) =>
    client.query('select count(*)::int as predictions from prediction'),
  );
  expect(rows).toEqual([{ predictions: 2 }]);
});

it('deletes any number, in short transactions, and two processes share the work', async () => {
  const tenant = await tenantKeeping('many', 1);
  await send(tenant.key);
  await withClient(app.database.superuserUrl, (client) =>
    client.query(
      `insert into classification select tenant_id, gen_random_uuid(), taxonomy_id, version_id, model_id, model_revision,
         language, prompt_language, image_sha256, image_width, image_height, image_format, image_size_bytes, reference,
         metadata, timing, request_id, created_at - interval '2 days'
       from (select c.* from classification c join tenant t on t.id = c.tenant_id where t.name = 'many') one,
            generate_series(1, 2500)`,
    ),
  );
  const { db } = app.services;
  const deleted = await Promise.all([deleteExpired(db, new Date()), deleteExpired(db, new Date())]);
  expect(deleted[0]! + deleted[1]!).toBe(2_500);
  expect(await countOf(tenant.key)).toBe(1);
});

it('begins at the start of a process', async () => {
  const tenant = await tenantKeeping('at start', 1);
  await send(tenant.key);
  await withClient(app.database.superuserUrl, (client) =>
    client.query(`update classification set created_at = created_at - interval '25 hours'`),
  );
  const retention = startRetention({ db: app.services.db, logger: silentLogger });
  await expect.poll(() => countOf(tenant.key), { timeout: 10_000 }).toBe(0);
  await retention.stop();
});
