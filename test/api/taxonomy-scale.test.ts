import { afterAll, beforeAll, expect, it } from 'vitest';
import { seed } from '../support/seed.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';
import { taxonomyClient, type TaxonomyClient } from '../support/taxonomy-client.ts';

const LABEL_COUNT = 5_000;

let app: TestApp;
let client: TaxonomyClient;
beforeAll(async () => {
  app = await startTestApp();
  client = taxonomyClient(app, (await seed(app).withTenant('large').alone()).key);
});
afterAll(() => app.stop());

const timesMs: Record<string, number> = {};
async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  const result = await work();
  timesMs[what] = Math.round(performance.now() - startedAt);
  return result;
}

/** Groups of ten: a label and nine below it. */
function manyLabels() {
  return Array.from({ length: LABEL_COUNT }, (_, i) => ({
    key: `label-${i}`,
    names: [{ language: 'en', text: `thing number ${i}` }],
    parentKey: i % 10 === 0 ? null : `label-${i - (i % 10)}`,
  }));
}

async function readAll(id: string, of: 'draft' | 'latestVersion'): Promise<string[]> {
  const query = `query ($id: ID!, $after: String) { taxonomy(by: { id: $id }) { ${of} {
    labels(first: 1000, after: $after) { nodes { key } pageInfo { hasNextPage endCursor } }
  } } }`;
  interface Labels {
    nodes: { key: string }[];
    pageInfo: { hasNextPage: boolean; endCursor: string };
  }
  const readPage = async (after: string | null) => {
    const data = await client.query<{ taxonomy: Record<string, { labels: Labels }> }>(query, { id, after });
    return data.taxonomy[of]!.labels;
  };
  const keys: string[] = [];
  let page: Labels | undefined;
  while (page?.pageInfo.hasNextPage !== false) {
    page = await readPage(page?.pageInfo.endCursor ?? null);
    keys.push(...page.nodes.map(({ key }) => key));
  }
  return keys;
}

it('takes 5,000 labels in one mutation, publishes them and reads them back', async () => {
  const { taxonomy } = await client.mutate('createTaxonomy', { name: 'large' });
  const id = taxonomy!.id;
  const labels = manyLabels();
  const added = await timed('upsert', () => client.edit('upsertLabels', id, { labels }));
  expect(added.taxonomy!.draft.labelCount).toBe(LABEL_COUNT);
  await timed('upsert again', () => client.edit('upsertLabels', id, { labels }));
  const keys = labels.map(({ key }) => key);
  expect(await timed('read draft', () => readAll(id, 'draft'))).toEqual(keys);

  const published = await timed('publish', () => client.publish(id, { waitMs: 60_000 }));
  expect(published).toMatchObject({ version: { state: 'READY' }, embeddedPrompts: LABEL_COUNT });
  expect(await timed('read version', () => readAll(id, 'latestVersion'))).toEqual(keys);
  const again = await timed('publish again', () => client.publish(id));
  expect(again).toMatchObject({ embeddedPrompts: 0, cachedPrompts: LABEL_COUNT });
  await timed('restore', () => client.edit('restoreTaxonomyVersion', id, { number: 1 }));
  const removed = await timed('remove', () => client.edit('removeLabels', id, { keys }));
  expect(removed.taxonomy!.draft.labelCount).toBe(0);

  console.log(`${LABEL_COUNT} labels, milliseconds: ${JSON.stringify(timesMs)}`);
  expect(timesMs.upsert).toBeLessThan(10_000);
  // With statistics that know nothing of these labels, checking the foreign keys takes thirty times as long as adding them.
  expect(timesMs.remove).toBeLessThan(5 * timesMs.upsert!);
});
