import { afterAll, beforeAll, expect, it } from 'vitest';
import { readExample } from '../support/classify.ts';
import { withClient } from '../support/database.ts';
import { seed, type SeededTenant } from '../support/seed.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';

const LABELS = Array.from({ length: 100 }, (_, i) => `thing ${i}`);
const IMAGES = 100;

let app: TestApp;
let tenant: SeededTenant;
beforeAll(async () => {
  app = await startTestApp();
  tenant = await seed(app).withTenant('a').withTaxonomy(LABELS, { name: 'one' });
  await tenant.createTaxonomy(LABELS, { name: 'two' });
});
afterAll(() => app.stop());

const QUERY = `mutation ($input: ClassifyImagesInput!) { classifyImages(input: $input) {
  results { outcomes { __typename } } userErrors { code message path }
} }`;

async function classifyMost(taxonomies: string[]) {
  const images = Array.from({ length: IMAGES }, () => ({ source: { upload: null } }));
  const input = { images, taxonomies: taxonomies.map((name) => ({ by: { name } })), topK: LABELS.length };
  const file = readExample('two-cats.jpg');
  const files = Object.fromEntries(images.map((_, i) => [`variables.input.images.${i}.source.upload`, file]));
  const { classifyImages } = await app.upload<{
    classifyImages: { results: { outcomes: { __typename: string }[] }[]; userErrors: object[] };
  }>(QUERY, { input }, files, tenant.key);
  return classifyImages;
}

async function countPredictions(): Promise<number> {
  return withClient(app.database.superuserUrl, async (client) => {
    const { rows } = await client.query<{ count: number }>('select count(*)::int as count from prediction');
    return rows[0]!.count;
  });
}

it('records as many predictions as one request may make, and refuses more before any work', async () => {
  const { results, userErrors } = await classifyMost(['one', 'two']);
  expect(userErrors).toEqual([]);
  const kinds = new Set(results.flatMap(({ outcomes }) => outcomes.map(({ __typename }) => __typename)));
  expect([...kinds]).toEqual(['Classification']);
  expect(await countPredictions()).toBe(20_000);

  const refused = await classifyMost(['one', 'two', 'one']);
  expect(refused).toEqual({
    results: [],
    userErrors: [
      {
        code: 'INVALID_INPUT',
        message: expect.stringContaining(
          'at most 20000 predictions; 100 images x 3 taxonomies x topK 100 are 30000',
        ),
        path: ['topK'],
      },
    ],
  });
  expect(await countPredictions()).toBe(20_000);
});
