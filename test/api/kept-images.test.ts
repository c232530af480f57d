import { afterAll, beforeAll, expect, it } from 'vitest';
import { createBlobStore } from '../../src/bulk/blob-store.ts';
import { toUuid } from '../../src/ids.ts';
import { classify, readExample } from '../support/classify.ts';
import { jobClient } from '../support/job-client.ts';
import { seed } from '../support/seed.ts';
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

const keep = (key: string, imagesDays: number | null) =>
  app.graphql(
    `mutation ($input: UpdateTenantInput!) { updateTenant(input: $input) { userErrors { code } } }`,
    { input: { retention: { imagesDays } } },
    key,
  );
async function makeTenant(name: string, imagesDays: number | null) {
  const tenant = await seed(app).withTenant(name).withTaxonomy(['cat', 'dog']);
  await keep(tenant.key, imagesDays);
  return tenant;
}
/** Of all classifications, the newest first. */
async function urlsOf(key: string): Promise<(string | null)[]> {
  const { classifications } = await app.graphql<{
    classifications: { nodes: { image: { url: string | null } }[] };
  }>('{ classifications(first: 100) { nodes { image { url } } } }', {}, key);
  return classifications.nodes.map(({ image }) => image.url);
}

it('images are kept and shown by link where the tenant asks for it, and there only', async () => {
  const [keeps, forgets] = [await makeTenant('keeps', 30), await makeTenant('forgets', null)];
  for (const { key } of [keeps, forgets]) await classify(app, { images: [dog, broken, dog], key });
  expect(await urlsOf(forgets.key)).toEqual([null, null]);
  const [url, other] = await urlsOf(keeps.key);
  expect(other).toMatch(/^\/downloads\/images\/txlim_/);
  const response = await fetch(`${app.url}${url}`);
  expect(new Uint8Array(await response.arrayBuffer())).toEqual(new Uint8Array(dog));
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'image/jpeg',
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
  });
  for (const wrong of [`${url}x`, url!.replace('txlim_', 'txljd_'), '/downloads/images/nonsense']) {
    expect((await fetch(`${app.url}${wrong}`)).status).toBe(404);
  }
  const { id } = keeps;
  const count = await app.services.db.withTenant(toUuid('tenant', id)!, (tx) => tx.blob.count());
  expect(count).toBe(1); // the same bytes once, and no bytes that are no image
});

it('images of jobs are kept too, until their time is over or the tenant keeps none any more', async () => {
  const [month, none] = [await makeTenant('a month', 30), await makeTenant('none any more', 30)];
  for (const { key } of [month, none]) {
    const jobs = jobClient(app, key);
    const { id } = await jobs.begin({ items: [{ source: { base64: Buffer.from(cat).toString('base64') } }] });
    await jobs.ended(id);
    expect(await urlsOf(key)).toEqual([expect.any(String)]);
  }
  await keep(none.key, null);
  const link = (await urlsOf(month.key))[0]!;
  await app.services.blobs.sweep(new Date(Date.now() + 29 * DAY_MS));
  expect(await urlsOf(none.key)).toEqual([null]);
  expect((await fetch(`${app.url}${link}`)).status).toBe(200);
  await keep(month.key, 7); // what was kept for a month is kept for a week now
  await app.services.blobs.sweep(new Date(Date.now() + 6 * DAY_MS));
  expect((await fetch(`${app.url}${link}`)).status).toBe(200);
  await app.services.blobs.sweep(new Date(Date.now() + 8 * DAY_MS));
  expect(await urlsOf(month.key)).toEqual([null]);
  expect((await fetch(`${app.url}${link}`)).status).toBe(404);
});

it('images beyond the cap of the tenant are not kept, and leave the room of its jobs alone', async () => {
  const [one, other] = [await makeTenant('full', 1), await makeTenant('empty', 1)].map(({ id }) =>
    toUuid('tenant', id)!,
  ) as [string, string];
  const limits = { keptMs: 60_000, bytesPerTenant: 100 };
  const store = createBlobStore({ db: app.services.db, limits });
  const images = new Map(
    Array.from({ length: 4 }, (_, index) => [
      `01890000-0000-7000-8000-00000000000${index}`,
      new Uint8Array(40).fill(index),
    ]),
  );
  const left = await Promise.all([store.keep(one, images, DAY_MS), store.keep(one, images, DAY_MS)]);
  expect(left.every((count) => count >= 2)).toBe(true);
  expect([...(await store.read(one, [...images.keys()])).values()]).toHaveLength(2);
  expect(await store.read(other, [...images.keys()])).toEqual(new Map());
  expect(await store.put(one, [new Uint8Array(100)])).toHaveLength(1);
});
