import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deleteExpiredEmbeddings } from '../../src/classification/retention.ts';
import { toUuid } from '../../src/ids.ts';
import { classify, readExample } from '../support/classify.ts';
import { jobClient, type Job } from '../support/job-client.ts';
import { seed } from '../support/seed.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';
import { taxonomyClient } from '../support/taxonomy-client.ts';

const DAY_MS = 86_400_000;
const cat = readExample('one-cat.png');
const dog = readExample('one-dog.jpg');

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const keep = (key: string, imageEmbeddingsDays: number | null) =>
  app.graphql(
    `mutation ($input: UpdateTenantInput!) { updateTenant(input: $input) { userErrors { code } } }`,
    { input: { retention: { imageEmbeddingsDays } } },
    key,
  );
async function makeTenant(name: string, imageEmbeddingsDays: number | null = 30) {
  const tenant = await seed(app).withTenant(name).withTaxonomy(['cat', 'dog']);
  await keep(tenant.key, imageEmbeddingsDays);
  return { ...tenant, uuid: toUuid('tenant', tenant.id)!, jobs: jobClient(app, tenant.key) };
}
const embeddingsOf = (tenantId: string) =>
  app.services.db.withTenant(tenantId, (tx) => tx.imageEmbedding.count());
const READ = `query ($id: ID!) { classificationJob(id: $id) { items(first: 10) { nodes { reference outcomes {
  ... on ClassificationError { code }
  ... on Classification { metadata taxonomyVersion { number } image { sha256 width height format sizeBytes }
    predictions(first: 5) { label { key } score } } } } } } }`;

interface Read {
  code?: string;
  predictions: { label: { key: string }; score: number }[];
}
async function outcomesOf(key: string, { id }: Job) {
  const { classificationJob } = await app.graphql<{
    classificationJob: { items: { nodes: { reference: string; outcomes: Read[] }[] } };
  }>(READ, { id }, key);
  return classificationJob.items.nodes;
}

describe('reclassify', () => {
  it('scores kept embeddings against a new version as an upload would be, without decoding or encoding', async () => {
    const { key, jobs, taxonomy } = await makeTenant('keeps');
    const images = [cat, dog, cat];
    const references = ['a', 'b', 'a'];
    const metadata = [{ shelf: 1 }, { shelf: 2 }, { shelf: 3 }];
    await classify(app, { images, references, metadata, key });
    const taxonomies = taxonomyClient(app, key);
    const labels = [{ key: 'tiger', names: [{ language: 'en', text: 'tiger' }] }];
    await taxonomies.edit('upsertLabels', taxonomy.id, { labels });
    await taxonomies.edit('publishTaxonomy', taxonomy.id, {});

    const before = app.services.inference.stats().imagesEncoded;
    const from = { filter: { taxonomyId: taxonomy.id } };
    const { job, userErrors } = await jobs.reclassify({ from });
    expect(userErrors).toEqual([]);
    expect(await jobs.ended(job!.id)).toMatchObject({ counts: { total: 2, succeeded: 2 } });
    expect(app.services.inference.stats().imagesEncoded).toBe(before);

    const { payload } = await classify(app, { images: [dog, cat], key });
    const expected = payload!.results.map(({ image, outcomes: [outcome] }, index) => ({
      reference: ['b', 'a'][index],
      outcomes: [
        {
          metadata: { shelf: [2, 3][index] },
          taxonomyVersion: { number: 2 },
          image,
          predictions: outcome!.predictions!.map(({ label, score }) => ({
            label: { key: label.key },
            score: expect.closeTo(score, 6),
          })),
        },
      ],
    }));
    const items = await outcomesOf(key, job!);
    expect(items.toSorted((a, b) => b.reference.localeCompare(a.reference))).toEqual(expected);
  });

  it('takes the images of a job too, and another taxonomy, once for an idempotency key', async () => {
    const { key, jobs, createTaxonomy } = await makeTenant('of a job');
    await createTaxonomy(['picture of a cat', 'picture of a dog'], { name: 'pictures' });
    const source = { base64: Buffer.from(dog).toString('base64') };
    const { id } = await jobs.begin({ items: [{ source, reference: 'rex' }] });
    await jobs.ended(id);
    const input = {
      from: { jobId: id },
      taxonomies: [{ by: { name: 'pictures' } }],
      idempotencyKey: 'again',
    };
    const { job } = await jobs.reclassify(input);
    expect((await jobs.reclassify(input)).job!.id).toBe(job!.id);
    await jobs.ended(job!.id);
    expect(await outcomesOf(key, job!)).toMatchObject([
      { reference: 'rex', outcomes: [{ predictions: [{ label: { key: 'picture of a dog' } }, {}] }] },
    ]);
  });

  it('fails image by image where no embedding is kept, also when another tenant keeps it', async () => {
    const [keeps, forgets] = [await makeTenant('keeper'), await makeTenant('forgetful', null)];
    for (const { key } of [keeps, forgets]) await classify(app, { images: [cat], key });
    expect(await embeddingsOf(keeps.uuid)).toBe(1);
    expect(await embeddingsOf(forgets.uuid)).toBe(0);
    const from = { filter: {} };
    const { job } = await forgets.jobs.reclassify({ from });
    expect((await forgets.jobs.ended(job!.id)).counts).toMatchObject({ succeeded: 0, failed: 1 });
    expect(await outcomesOf(forgets.key, job!)).toMatchObject([
      { outcomes: [{ code: 'IMAGE_FETCH_FAILED' }] },
    ]);

    // What failed may be there later.
    await keep(forgets.key, 1);
    await classify(app, { images: [cat], key: forgets.key });
    await forgets.jobs.retry(job!.id);
    expect((await forgets.jobs.ended(job!.id)).counts).toMatchObject({ succeeded: 1, failed: 0 });
  });

  it('is refused where nothing can come of it', async () => {
    const { jobs } = await makeTenant('refused');
    const stranger = await makeTenant('stranger');
    const source = { base64: Buffer.from(dog).toString('base64') };
    const { id } = await stranger.jobs.begin({ items: [{ source }] });
    await stranger.jobs.ended(id);
    for (const [input, code, path] of [
      [{ from: { filter: {} } }, 'INVALID_INPUT', ['from']],
      [{ from: { jobId: id } }, 'NOT_FOUND', ['from', 'jobId']],
      [{ from: { filter: { taxonomyId: 'x' } } }, 'INVALID_INPUT', ['from', 'filter', 'taxonomyId']],
      [{ from: { filter: {} }, topK: 101 }, 'INVALID_INPUT', ['topK']],
    ] as const) {
      expect((await jobs.reclassify(input)).userErrors).toMatchObject([{ code, path }]);
    }
    await expect(jobs.reclassify({ from: { filter: {}, jobId: id } })).rejects.toThrow(/BAD_USER_INPUT|from/);
  });
});

it('image embeddings are deleted when their time is over, and at once where the tenant keeps none any more', async () => {
  const [month, none] = [await makeTenant('a month'), await makeTenant('none any more')];
  for (const { key } of [month, none]) await classify(app, { images: [cat, dog], key });
  await keep(none.key, null);
  const { db } = app.services;
  await deleteExpiredEmbeddings(db, new Date(Date.now() + 29 * DAY_MS));
  expect(await embeddingsOf(month.uuid)).toBe(2);
  expect(await embeddingsOf(none.uuid)).toBe(0);
  await deleteExpiredEmbeddings(db, new Date(Date.now() + 31 * DAY_MS));
  expect(await embeddingsOf(month.uuid)).toBe(0);
});
