import { cp, mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startApp, type App } from '../../src/app.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SHIPPED_MODEL_DIR } from '../../src/config.ts';
import { toUuid } from '../../src/ids.ts';
import { resolveTaxonomyVersions } from '../../src/taxonomy/resolve-version.ts';
import { classify, readExample, type ClassifiedOutcome } from '../support/classify.ts';
import { createClient } from '../support/client.ts';
import { seed, type SeededTenant } from '../support/seed.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';
import { taxonomyClient, type TaxonomyClient } from '../support/taxonomy-client.ts';

/**
 * The shipped model; `chinese`, the same image encoder under another text side and scale, as Taiyi has that of OpenAI's
 * CLIP; `other`, whose image encoder sees pictures differently; and `unmasked`, whose text encoder sees its padding.
 */
let modelsDir: string;
let app: TestApp;
let tenant: SeededTenant;
let client: TaxonomyClient;

const LABELS = (
  [
    ['one-cat', 'one cat', '一只猫'],
    ['two-cats', 'two cats', '两只猫'],
    ['one-dog', 'one dog', '一只狗'],
  ] as const
).map(([key, en, zh]) => ({
  key,
  names: [
    { language: 'en', text: en },
    { language: 'zh', text: zh },
  ],
}));
const twoCats = readExample('two-cats.jpg');

beforeAll(async () => {
  modelsDir = await mkdtemp(join(tmpdir(), 'taxolens-models-'));
  await writeVariant('chinese', {
    settings: { languages: ['zh'], logitScale: 20, contextLength: 16 },
  });
  await writeVariant('other', { preprocessor: { resample: 2 } });
  await writeVariant('unmasked', { settings: { textMask: 'none' } });
  app = await startTestApp({ modelsDir });
  tenant = await seed(app).withTenant('zoo').alone();
  client = taxonomyClient(app, tenant.key);
});
afterAll(async () => {
  await app.stop();
  await rm(modelsDir, { recursive: true });
});

/** The shipped model with some of its settings changed. */
async function writeVariant(
  id: string,
  { settings = {}, preprocessor = {} }: { settings?: object; preprocessor?: object },
) {
  const directory = join(modelsDir, id);
  await mkdir(directory);
  await cp(SHIPPED_MODEL_DIR, directory, { recursive: true });
  const change = async (file: string, changes: object) => {
    const json = JSON.parse(await readFile(join(directory, file), 'utf8')) as object;
    await writeFile(join(directory, file), JSON.stringify({ ...json, ...changes }));
  };
  await change('taxolens.json', { id, isDemonstration: false, ...settings });
  await change('preprocessor_config.json', preprocessor);
}

async function publishFor(name: string, modelId: string, defaultLanguage = 'en'): Promise<string> {
  const input = { name, modelId, defaultLanguage, labels: LABELS };
  const { taxonomy, userErrors } = await client.mutate('createTaxonomy', input);
  expect(userErrors).toEqual([]);
  expect((await client.publish(taxonomy!.id)).version).toMatchObject({ state: 'READY' });
  return taxonomy!.id;
}

async function classifyTwoCats(taxonomies: (string | Record<string, unknown>)[], at: { url: string } = app) {
  const { payload } = await classify(createClient(at.url), {
    images: [twoCats],
    taxonomies,
    key: tenant.key,
  });
  if (payload!.userErrors.length > 0) throw Object.assign(new Error(), payload!.userErrors[0]);
  return payload!.results[0]!.outcomes;
}

const bestOf = ({ predictions }: ClassifiedOutcome) => predictions![0]!.label.key;

describe('taxonomies of several models in one request', () => {
  beforeAll(async () => {
    await publishFor('english', 'taxolens-demo');
    await publishFor('in Chinese', 'chinese', 'zh');
    await publishFor('elsewhere', 'other');
  });

  it('whose models share an image encoder: the image is encoded once, and scored by each', async () => {
    const before = app.services.inference.stats();
    const [english, chinese] = await classifyTwoCats(['english', 'in Chinese']);
    const after = app.services.inference.stats();
    expect(after.imagesEncoded - before.imagesEncoded).toBe(1);
    expect(after.imageEncoderCalls - before.imageEncoderCalls).toBe(1);
    expect([english, chinese].map((outcome) => bestOf(outcome!))).toEqual(['two-cats', 'two-cats']);
    expect([english, chinese].map((outcome) => outcome!.model!.id)).toEqual(['taxolens-demo', 'chinese']);
    expect([english, chinese].map((outcome) => outcome!.promptLanguage)).toEqual(['en', 'zh']);
    expect(chinese!.predictions!.map(({ name }) => name)).toContain('两只猫');
  });

  it('whose models do not: once by each image encoder', async () => {
    const before = app.services.inference.stats();
    const outcomes = await classifyTwoCats(['english', 'in Chinese', 'elsewhere', 'english']);
    expect(app.services.inference.stats().imagesEncoded - before.imagesEncoded).toBe(2);
    expect(outcomes.map(bestOf)).toEqual(['two-cats', 'two-cats', 'two-cats', 'two-cats']);
    const similarities = outcomes.map(({ predictions }) => predictions![0]!.similarity);
    expect(similarities[3]).toBe(similarities[0]);
    expect(similarities[2]).not.toBe(similarities[0]);
  });

  it('models tell how they fare', async () => {
    const { models } = await client.query<{ models: { id: string; state: string }[] }>(
      '{ models { id state } }',
    );
    expect(models).toEqual([
      { id: 'taxolens-demo', state: 'READY' },
      { id: 'chinese', state: 'READY' },
      { id: 'other', state: 'READY' },
      { id: 'unmasked', state: 'READY' },
    ]);
  });

  it('text embeddings are shared by models with the same text encoder, and by no others', async () => {
    const input = { name: 'again', modelId: 'other', labels: LABELS };
    const { taxonomy } = await client.mutate('createTaxonomy', input);
    expect(await client.publish(taxonomy!.id)).toMatchObject({ embeddedPrompts: 0, cachedPrompts: 6 });
    const { taxonomy: third } = await client.mutate('createTaxonomy', {
      name: 'and again',
      modelId: 'chinese',
      labels: [...LABELS, { key: 'tiger', names: [{ language: 'zh', text: '一只老虎' }] }],
    });
    // Cut at another length, the text encoder is another one; its three Chinese names are known from above.
    expect(await client.publish(third!.id)).toMatchObject({ embeddedPrompts: 1, cachedPrompts: 3 });
  });
});

describe('moving a taxonomy to another model', () => {
  let id: string;
  beforeAll(async () => {
    id = await publishFor('moving', 'taxolens-demo', 'zh');
  });

  it('takes effect when it is published; older versions keep answering with their own model', async () => {
    const before = await classifyTwoCats(['moving']);
    await client.mutate('updateTaxonomy', {
      id,
      expectedRevision: await client.revision(id),
      modelId: 'chinese',
    });
    expect((await classifyTwoCats(['moving']))[0]).toMatchObject({ model: { id: 'taxolens-demo' } });

    expect((await client.publish(id)).version).toMatchObject({ number: 2, promptLanguages: ['zh'] });
    const [latest, first] = await classifyTwoCats(['moving', { by: { name: 'moving' }, version: 1 }]);
    expect(latest).toMatchObject({ model: { id: 'chinese' }, taxonomyVersion: { number: 2 } });
    expect(first).toMatchObject({ model: { id: 'taxolens-demo' }, taxonomyVersion: { number: 1 } });
    expect(first!.predictions!.map(({ score }) => score)).toEqual(
      before[0]!.predictions!.map(({ score }) => score),
    );
    expect(latest!.predictions!.map(({ score }) => score)).not.toEqual(
      first!.predictions!.map(({ score }) => score),
    );
  });

  it('looks at its labels and its draft through the model of each version', async () => {
    const CONFUSION = `query ($id: ID!) { taxonomy(by: { id: $id }) { versions(first: 2) { nodes {
      number labelConfusion(first: 1, promptLanguage: "zh") { similarity } } } } }`;
    type Versions = { taxonomy: { versions: { nodes: { labelConfusion: { similarity: number }[] }[] } } };
    const { taxonomy } = await client.query<Versions>(CONFUSION, { id });
    for (const { labelConfusion } of taxonomy.versions.nodes) expect(labelConfusion).toHaveLength(1);

    const PREVIEW = `mutation ($input: PreviewImagesInput!) { previewImages(input: $input) {
      promptLanguage userErrors { code message } } }`;
    const image = { source: { base64: Buffer.from(twoCats).toString('base64') } };
    const { previewImages } = await client.query<{ previewImages: object }>(PREVIEW, {
      input: { taxonomyId: id, images: [image] },
    });
    expect(previewImages).toEqual({ promptLanguage: 'zh', userErrors: [] });
  });
});

describe('a model that is told nothing of padding', () => {
  it('has every prompt of a language padded to the longest of it, as one list would be', async () => {
    const labels = LABELS.map(({ key, names }) => ({ key, names: names.slice(0, 1) }));
    const { taxonomy } = await client.mutate('createTaxonomy', {
      name: 'padded',
      modelId: 'unmasked',
      labels,
    });
    expect(await client.publish(taxonomy!.id)).toMatchObject({ embeddedPrompts: 3, cachedPrompts: 0 });
    const texts = labels.map(({ names }) => names[0]!.text);
    expect(await matrixOf('padded')).toEqual(await embedTogether(texts));

    // A longer label changes how the others are padded, and so their vectors: nothing of before is used again.
    const longer = { key: 'long', names: [{ language: 'en', text: 'a big red car and a small blue house' }] };
    await client.edit('upsertLabels', taxonomy!.id, { labels: [longer] });
    await client.publish(taxonomy!.id);
    const after = await matrixOf('padded');
    expect(after).toEqual(await embedTogether([...texts, longer.names[0]!.text]));
    expect(await cachedRevisions('unmasked')).toHaveLength(2);
  });

  /** Rows of the newest version's matrix in English. */
  async function matrixOf(name: string): Promise<Float32Array[]> {
    const { db, matrices } = app.services;
    const tenantId = toUuid('tenant', tenant.id)!;
    const [version] = await resolveTaxonomyVersions(db, tenantId, [{ by: { name } }]);
    const { data, dimension, labelIds } = await matrices.get(tenantId, version!, 'en');
    return labelIds.map((_, row) => data.slice(row * dimension, (row + 1) * dimension));
  }

  async function embedTogether(texts: string[]): Promise<Float32Array[]> {
    const request = { tenantId: 'x', modelId: 'unmasked', texts };
    return (await app.services.inference.embedTexts(request)).embeddings;
  }

  async function cachedRevisions(modelId: string): Promise<string[]> {
    const { textRevision } = app.services.inference.models.find(({ id }) => id === modelId)!;
    const rows = await app.services.db.withTenant(toUuid('tenant', tenant.id)!, (tx) =>
      tx.textEmbedding.findMany({
        where: { textRevision: { startsWith: `${textRevision}/` } },
        distinct: ['textRevision'],
      }),
    );
    return rows.map((row) => row.textRevision);
  }
});

describe('a server without the model of a taxonomy', () => {
  let without: App;
  beforeAll(async () => {
    await rename(join(modelsDir, 'chinese'), join(modelsDir, '.gone'));
    without = await startApp(app.services.config, { explorer: false });
  });
  afterAll(async () => {
    await without.stop();
    await rename(join(modelsDir, '.gone'), join(modelsDir, 'chinese'));
  });

  it('serves its versions of models that are there, and says of the others what to do', async () => {
    const [first] = await classifyTwoCats([{ by: { name: 'moving' }, version: 1 }], without);
    expect(bestOf(first!)).toBe('two-cats');
    await expect(classifyTwoCats(['moving'], without)).rejects.toMatchObject({
      code: 'MODEL_NOT_AVAILABLE',
      message: expect.stringMatching(/'chinese'.*is not here.*updateTaxonomy/s),
    });
  });

  it('refuses to publish its draft with the remedy, which works', async () => {
    const there = taxonomyClient(createClient(without.url), tenant.key);
    const { taxonomy } = await there.query<{ taxonomy: { id: string } }>(
      '{ taxonomy(by: { name: "in Chinese" }) { id } }',
    );
    const publish = { taxonomyId: taxonomy.id, expectedRevision: await there.revision(taxonomy.id) };
    const refused = await there.mutate('publishTaxonomy', publish);
    expect(refused.userErrors).toMatchObject([
      {
        code: 'MODEL_NOT_AVAILABLE',
        message: expect.stringMatching(/'chinese', which is not here.*updateTaxonomy/),
        path: ['taxonomyId'],
      },
    ]);
    const move = { id: taxonomy.id, expectedRevision: publish.expectedRevision, modelId: 'taxolens-demo' };
    expect((await there.mutate('updateTaxonomy', move)).userErrors).toEqual([]);
    expect((await there.publish(taxonomy.id)).version).toMatchObject({ number: 2, state: 'READY' });
    expect((await classifyTwoCats(['in Chinese'], without)).map(bestOf)).toEqual(['two-cats']);
  });
});
