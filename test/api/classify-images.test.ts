import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startApp } from '../../src/app.ts';
import { bestOf, classify, readExample } from '../support/classify.ts';
import { createClient } from '../support/client.ts';
import { seed, type SeededTenant } from '../support/seed.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';

const FIVE_LABELS = [
  { key: 'one-cat', names: { en: 'one cat', zh: '一只猫' } },
  { key: 'one-dog', names: { en: 'one dog', zh: '一只狗' } },
  { key: 'two-cats', names: { en: 'two cats', zh: '两只猫' } },
  { key: 'two-tigers', names: { en: 'two tigers', zh: '两只老虎' } },
  { key: 'one-tiger', names: { en: 'one tiger', zh: '一只老虎' } },
];
const PICTURES: [string, string][] = [
  ['one-cat.png', 'one-cat'],
  ['one-dog.jpg', 'one-dog'],
  ['two-cats.jpg', 'two-cats'],
  ['two-tigers.webp', 'two-tigers'],
  ['one-tiger.jpg', 'one-tiger'],
];
const twoCats = readExample('two-cats.jpg');

let app: TestApp;
let tenant: SeededTenant;
beforeAll(async () => {
  app = await startTestApp();
  tenant = await seed(app).withTenant('a').withTaxonomy(FIVE_LABELS, { name: 'five' });
  await tenant.createTaxonomy(
    [
      { key: 'animal', names: { en: 'animal' } },
      { key: 'cat', names: { en: 'cat' }, parentKey: 'animal' },
      { key: 'bicycle', names: { en: 'bicycle' } },
    ],
    { name: 'tree', templates: { en: ['a {label}', 'this is a photo of a {label}.'] } },
  );
});
afterAll(() => app.stop());

const send = (request: Omit<Parameters<typeof classify>[1], 'key'>) =>
  classify(app, { key: tenant.key, taxonomies: ['five'], ...request });

describe('classifyImages', () => {
  it.each(['en', 'zh'])('gives each shipped picture its right label in %s', async (language) => {
    const images = PICTURES.map(([file]) => readExample(file));
    const { payload } = await send({ images, input: { language, promptLanguage: language } });
    expect(bestOf(payload)).toEqual(PICTURES.map(([, key]) => [key]));
    const names = payload!.results.map(({ outcomes }) => outcomes[0]!.predictions![0]!.name);
    expect(names).toEqual(
      PICTURES.map(
        ([, key]) => FIVE_LABELS.find((label) => label.key === key)!.names[language as 'en' | 'zh'],
      ),
    );
  });

  it('keeps the order of images and taxonomies, and fails a bad image alone', async () => {
    const text = new TextEncoder().encode('not an image at all, but long enough to be one');
    const truncated = twoCats.slice(0, twoCats.length / 2);
    const { payload } = await send({
      images: [twoCats, text, truncated, new Uint8Array(0), readExample('one-dog.jpg')],
      taxonomies: ['five', 'tree'],
      references: ['first', 'second', 'third', 'fourth', 'fifth'],
    });
    expect(payload!.results.map(({ index, reference }) => [index, reference])).toEqual([
      [0, 'first'],
      [1, 'second'],
      [2, 'third'],
      [3, 'fourth'],
      [4, 'fifth'],
    ]);
    expect(bestOf(payload).slice(0, 4)).toEqual([
      ['two-cats', 'cat'],
      ['IMAGE_UNSUPPORTED', 'IMAGE_UNSUPPORTED'],
      ['IMAGE_CORRUPT', 'IMAGE_CORRUPT'],
      ['IMAGE_CORRUPT', 'IMAGE_CORRUPT'],
    ]);
    expect(bestOf(payload)[4]![0]).toBe('one-dog');
    expect(payload!.results[1]!.image).toBeNull();
    expect(payload!.results[0]!.image).toMatchObject({ format: 'JPEG', sizeBytes: twoCats.length });
  });

  it('names the label, its path, its score, the exact version and model, and where the time went', async () => {
    const { payload } = await send({ images: [twoCats], taxonomies: ['tree'], input: { topK: 10 } });
    const outcome = payload!.results[0]!.outcomes[0]!;
    const { predictions } = outcome;
    const [model] = app.services.inference.models;
    expect(predictions!.map(({ label }) => label.key).toSorted()).toEqual(['animal', 'bicycle', 'cat']);
    expect(predictions!.find(({ label }) => label.key === 'cat')!.path.map(({ key }) => key)).toEqual([
      'animal',
      'cat',
    ]);
    expect(outcome.model).toEqual({ id: model!.id, revision: model!.revision });
    expect(outcome.taxonomyVersion!.number).toBe(1);
    const scores = predictions!.map(({ score }) => score);
    expect(scores).toEqual(scores.toSorted((a, b) => b - a));
    expect(scores.reduce((sum, score) => sum + score)).toBeCloseTo(1, 6);
    const [best, next] = predictions!;
    const expectedRatio = Math.exp(model!.logitScale * (best!.similarity - next!.similarity));
    expect(best!.score / next!.score).toBeCloseTo(expectedRatio, 3);
    const { decodeMs, encodeMs, scoreMs, totalMs, batchSize } = outcome.timing!;
    expect(Math.min(decodeMs!, encodeMs!, scoreMs!)).toBeGreaterThan(0);
    expect(totalMs!).toBeGreaterThan(encodeMs!);
    expect(batchSize).toBe(1);
  });

  it('decodes and encodes the same bytes once, however many images and taxonomies name them', async () => {
    const before = app.services.inference.stats().imagesEncoded;
    const images = [twoCats, readExample('one-cat.png'), twoCats, twoCats];
    const { payload } = await send({ images, taxonomies: ['five', 'tree', 'five'] });
    expect(payload!.results.flatMap(({ outcomes }) => outcomes)).toHaveLength(12);
    expect(app.services.inference.stats().imagesEncoded - before).toBe(2);
  });

  it('leaves out what is beyond topK or below minScore', async () => {
    const two = await send({ images: [twoCats], input: { topK: 2 } });
    expect(two.payload!.results[0]!.outcomes[0]!.predictions).toHaveLength(2);
    const sure = await send({ images: [twoCats], input: { topK: 5, minScore: 0.5 } });
    expect(sure.payload!.results[0]!.outcomes[0]!.predictions).toHaveLength(1);
  });

  it('makes no call of the text encoder for a published version, nor after a restart', async () => {
    const before = app.services.inference.stats().textEncoderCalls;
    await send({ images: [twoCats] });
    expect(app.services.inference.stats().textEncoderCalls).toBe(before);

    const restarted = await startApp(app.services.config, { explorer: false });
    try {
      const { payload } = await classify(createClient(restarted.url), {
        key: tenant.key,
        taxonomies: ['five'],
        images: [twoCats],
        input: { promptLanguage: 'zh' },
      });
      expect(bestOf(payload)).toEqual([['two-cats']]);
      expect(restarted.services.inference.stats()).toMatchObject({ imagesEncoded: 1, textEncoderCalls: 0 });
    } finally {
      await restarted.stop();
    }
  });

  it('classifies against the version that is asked for, whatever has been published since', async () => {
    const { createTaxonomy } = tenant;
    const taxonomy = await createTaxonomy(['cat', 'dog'], { name: 'moving' });
    const { upsertLabels } = await app.graphql<{
      upsertLabels: { taxonomy: { draft: { revision: number } } };
    }>(
      `mutation ($input: UpsertLabelsInput!) { upsertLabels(input: $input) { taxonomy { draft { revision } } userErrors { message } } }`,
      {
        input: {
          taxonomyId: taxonomy.id,
          expectedRevision: taxonomy.revision,
          labels: [{ key: 'pizza', names: [{ language: 'en', text: 'pizza' }] }],
        },
      },
      tenant.key,
    );
    await app.graphql(
      `mutation ($id: ID!, $revision: Int!) { publishTaxonomy(input: { taxonomyId: $id, expectedRevision: $revision }) { version { state } } }`,
      { id: taxonomy.id, revision: upsertLabels.taxonomy.draft.revision },
      tenant.key,
    );
    const { payload } = await send({
      images: [twoCats],
      taxonomies: [{ by: { name: 'moving' }, version: 1 }, { by: { id: taxonomy.id } }],
      input: { topK: 10 },
    });
    const [first, latest] = payload!.results[0]!.outcomes;
    expect([first!.taxonomyVersion!.number, first!.predictions!.length]).toEqual([1, 2]);
    expect([latest!.taxonomyVersion!.number, latest!.predictions!.length]).toEqual([2, 3]);
  });

  it.each([
    ['a taxonomy that is not there', { taxonomies: ['nowhere'] }, 'NOT_FOUND', 'taxonomies'],
    [
      'a version that is not there',
      { taxonomies: [{ by: { name: 'five' }, version: 9 }] },
      'NOT_FOUND',
      'taxonomies',
    ],
    [
      'a prompt language without names',
      { input: { promptLanguage: 'fr' } },
      'INVALID_INPUT',
      'promptLanguage',
    ],
    ['topK out of bounds', { input: { topK: 0 } }, 'INVALID_INPUT', 'topK'],
    ['no taxonomy at all', { taxonomies: [] }, 'INVALID_INPUT', 'taxonomies'],
    ['a reference without end', { references: ['x'.repeat(501)] }, 'INVALID_INPUT', 'images'],
  ])('tells the caller to mend %s', async (_, request, code, field) => {
    const { payload, errors } = await send({ images: [twoCats], ...request });
    expect(errors).toEqual([]);
    expect(payload!.results).toEqual([]);
    expect(payload!.userErrors).toHaveLength(1);
    expect(payload!.userErrors[0]!.code).toBe(code);
    expect(payload!.userErrors[0]!.path[0]).toBe(field);
  });

  it('refuses an unpublished taxonomy with the remedy', async () => {
    await tenant.createTaxonomy(['cat'], { name: 'unpublished', published: false });
    const { payload } = await send({ images: [twoCats], taxonomies: ['unpublished'] });
    expect(payload!.userErrors[0]).toMatchObject({ code: 'TAXONOMY_NOT_PUBLISHED' });
    expect(payload!.userErrors[0]!.message).toContain('publishTaxonomy');
  });

  it('fails an image over the size limit alone', async () => {
    const small = await startTestApp({ maxImageBytes: 50_000 });
    try {
      const other = await seed(small).withTenant('a').withTaxonomy(['cat', 'dog']);
      const tooLarge = new Uint8Array(60_000);
      const { payload } = await classify(small, {
        key: other.key,
        images: [tooLarge, readExample('one-cat.png')],
      });
      expect(bestOf(payload)).toEqual([['IMAGE_TOO_LARGE'], ['cat']]);
    } finally {
      await small.stop();
    }
  });
});

describe('an idempotency key', () => {
  it('gives the first answer again, without encoding anything', async () => {
    const request = {
      images: [twoCats, new Uint8Array(3)],
      input: { idempotencyKey: 'again' },
      references: ['x'],
    };
    const first = await send(request);
    const before = app.services.inference.stats().imagesEncoded;
    const second = await send(request);
    expect(second.payload).toEqual(first.payload);
    expect(app.services.inference.stats().imagesEncoded).toBe(before);
  });

  it('refuses another input, be it only other bytes', async () => {
    await send({ images: [twoCats], input: { idempotencyKey: 'taken' } });
    const { payload } = await send({
      images: [readExample('one-dog.jpg')],
      input: { idempotencyKey: 'taken' },
    });
    expect(payload!.userErrors.map(({ code }) => code)).toEqual(['IDEMPOTENCY_CONFLICT']);
  });

  it('runs once when ten equal requests come at once', async () => {
    const requests = Array.from({ length: 10 }, () =>
      send({ images: [twoCats], input: { idempotencyKey: 'at-once' }, references: ['only-once'] }),
    );
    const codes = (await Promise.all(requests)).map(({ payload }) => payload!.userErrors[0]?.code ?? 'done');
    expect(codes).toContain('done');
    expect(codes.every((code) => code === 'done' || code === 'IDEMPOTENCY_IN_PROGRESS')).toBe(true);
    const { classifications } = await app.graphql<{ classifications: { nodes: object[] } }>(
      '{ classifications(first: 10, filter: { reference: "only-once" }) { nodes { id } } }',
      {},
      tenant.key,
    );
    expect(classifications.nodes).toHaveLength(1);
  });

  it('is free again after a request that failed', async () => {
    const failed = await send({
      images: [twoCats],
      taxonomies: ['later'],
      input: { idempotencyKey: 'retry' },
    });
    expect(failed.payload!.userErrors[0]!.code).toBe('NOT_FOUND');
    await tenant.createTaxonomy(['cat', 'dog'], { name: 'later' });
    const { payload } = await send({
      images: [twoCats],
      taxonomies: ['later'],
      input: { idempotencyKey: 'retry' },
    });
    expect(bestOf(payload)).toEqual([['cat']]);
  });
});
