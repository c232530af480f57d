import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readExample } from '../support/classify.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';
import { ownTaxonomy, type OwnTaxonomy, type UserError } from '../support/taxonomy-client.ts';

let app: TestApp;
beforeAll(async () => (app = await startTestApp()));
afterAll(() => app.stop());

interface Previewed {
  results: {
    index: number;
    reference: string | null;
    image: { width: number } | null;
    outcome: {
      code?: string;
      timing?: { totalMs: number };
      predictions?: { label: { key: string; id: string }; name: string; score: number; similarity: number }[];
    };
  }[];
  draftRevision: number | null;
  promptLanguage: string | null;
  embeddedPrompts: number | null;
  cachedPrompts: number | null;
  userErrors: UserError[];
}

const PREVIEW = `mutation ($input: PreviewImagesInput!) {
  previewImages(input: $input) {
    results {
      index reference image { width }
      outcome {
        ... on ClassificationError { code message }
        ... on Preview { predictions { label { key id } name score similarity promptLanguage } timing { totalMs } }
      }
    }
    draftRevision promptLanguage embeddedPrompts cachedPrompts
    userErrors { code message path }
  }
}`;

async function preview(
  { client, id }: OwnTaxonomy,
  images: Uint8Array<ArrayBuffer>[],
  input: Record<string, unknown> = {},
): Promise<Previewed> {
  const variables = {
    input: { taxonomyId: id, images: images.map(() => ({ source: { upload: null } })), ...input },
  };
  const files = Object.fromEntries(
    images.map((bytes, index) => [`variables.input.images.${index}.source.upload`, bytes]),
  );
  const data = await app.upload<{ previewImages: Previewed }>(PREVIEW, variables, files, client.key);
  return data.previewImages;
}

const cat = readExample('one-cat.png');
const best = ({ results }: Previewed) =>
  results.map(({ outcome }) => outcome.code ?? outcome.predictions![0]!.label.key);

/** Rows that a preview may not write, of all tables of the tenant. */
async function countRows({ tenantId }: OwnTaxonomy) {
  return app.services.db.withTenant(tenantId, async (tx) => ({
    versions: await tx.taxonomyVersion.count(),
    labels: await tx.label.count(),
    matrices: await tx.taxonomyMatrix.count(),
    classifications: await tx.classification.count(),
    texts: await tx.textEmbedding.count(),
  }));
}

describe('previewImages', () => {
  it('scores the draft as it is edited, and a bad image fails alone', async () => {
    const taxonomy = await ownTaxonomy(app, ['dog', 'pizza']);
    const broken = new Uint8Array([1, 2, 3]);
    expect(best(await preview(taxonomy, [cat, broken, readExample('pizza.jpg')]))).toEqual([
      'dog',
      'IMAGE_UNSUPPORTED',
      'pizza',
    ]);
    await taxonomy.client.edit('upsertLabels', taxonomy.id, {
      labels: [{ key: 'cat', names: [{ language: 'en', text: 'cat' }] }],
    });
    const edited = await preview(taxonomy, [cat]);
    expect(best(edited)).toEqual(['cat']);
    expect(edited).toMatchObject({ draftRevision: 2, promptLanguage: 'en', userErrors: [] });
  });

  it('stores nothing but text embeddings, and finds them again', async () => {
    const taxonomy = await ownTaxonomy(app, ['cat', 'dog']);
    const before = await countRows(taxonomy);
    expect(await preview(taxonomy, [cat])).toMatchObject({ embeddedPrompts: 2, cachedPrompts: 0 });
    expect(await countRows(taxonomy)).toEqual({ ...before, texts: 2 });
    expect(await preview(taxonomy, [cat])).toMatchObject({ embeddedPrompts: 0, cachedPrompts: 2 });
    expect(await taxonomy.client.publish(taxonomy.id)).toMatchObject({ embeddedPrompts: 0 });
  });

  it('gives the scores that classifyImages gives once it is published', async () => {
    const labels = [
      {
        key: 'cat',
        names: [
          { language: 'en', text: 'cat' },
          { language: 'zh', text: '猫' },
        ],
      },
      { key: 'dog', names: [{ language: 'en', text: 'dog' }], parentKey: 'cat' },
      {
        key: 'apple',
        names: [
          { language: 'en', text: 'apple' },
          { language: 'zh', text: '苹果' },
        ],
      },
    ];
    const promptTemplates = [{ language: 'en', text: 'a picture of a {label}' }];
    const taxonomy = await ownTaxonomy(app, { labels, promptTemplates });
    const input = { promptLanguage: 'zh', topK: 2 };
    const previewed = (await preview(taxonomy, [cat], input)).results[0]!.outcome.predictions!;
    await taxonomy.client.publish(taxonomy.id);
    const query = `mutation ($input: ClassifyImagesInput!) { classifyImages(input: $input) { results { outcomes {
      ... on Classification { predictions { label { key } score similarity promptLanguage } }
    } } } }`;
    const variables = {
      input: { images: [{ source: { upload: null } }], taxonomies: [{ by: { id: taxonomy.id } }], ...input },
    };
    const files = { 'variables.input.images.0.source.upload': cat };
    const data = await app.upload<{
      classifyImages: { results: { outcomes: { predictions: typeof previewed }[] }[] };
    }>(query, variables, files, taxonomy.client.key);
    const classified = data.classifyImages.results[0]!.outcomes[0]!.predictions;
    expect(previewed).toHaveLength(2);
    expect(
      previewed.map(({ name: _name, label: { key }, ...rest }) => ({ ...rest, label: { key } })),
    ).toEqual(classified);
  });

  it('says what it does not take', async () => {
    const empty = await ownTaxonomy(app, {});
    const refusal = async (taxonomy: OwnTaxonomy, images = [cat], input = {}) =>
      (await preview(taxonomy, images, input)).userErrors[0];
    expect(await refusal(empty)).toMatchObject({ code: 'TAXONOMY_EMPTY', path: ['taxonomyId'] });
    const large = await ownTaxonomy(
      app,
      Array.from({ length: 1_001 }, (_, i) => `thing ${i}`),
    );
    const tooMany = await refusal(large);
    expect(tooMany).toMatchObject({ code: 'INVALID_INPUT', path: ['taxonomyId'] });
    expect(tooMany!.message).toContain('at most 1000 prompts that are not embedded yet; this draft has 1001');
    const small = await ownTaxonomy(app, ['cat']);
    expect(await refusal(small, Array(21).fill(cat))).toMatchObject({ path: ['images'] });
    expect(await refusal(small, [cat], { topK: 0 })).toMatchObject({ path: ['topK'] });
    expect(await refusal(small, [cat], { promptLanguage: 'de' })).toMatchObject({ path: ['promptLanguage'] });
    expect(await refusal(small, [cat], { taxonomyId: empty.id })).toMatchObject({ code: 'NOT_FOUND' });
  });
});
