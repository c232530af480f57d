import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seed } from '../support/seed.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';
import { ownTaxonomy, toLabelInputs } from '../support/taxonomy-client.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

describe('createTaxonomy', () => {
  it('creates the draft with labels and templates, for the configured model and English', async () => {
    const { client } = await ownTaxonomy(app, ['cat']);
    const { taxonomy, userErrors } = await client.mutate('createTaxonomy', {
      name: 'plants',
      description: 'Things that grow.\nSlowly.',
      labels: toLabelInputs('tree>oak', 'tree'),
      promptTemplates: [{ language: 'EN', text: 'a photo of a {label}.' }],
    });
    expect(userErrors).toEqual([]);
    expect(taxonomy).toMatchObject({ name: 'plants', draft: { revision: 1, labelCount: 2 } });
    const data = await client.query('query ($id: ID!) { taxonomy(by: { id: $id }) { ...All } } ' + FRAGMENT, {
      id: taxonomy!.id,
    });
    expect(data).toEqual({
      taxonomy: {
        description: 'Things that grow.\nSlowly.',
        modelId: 'taxolens-demo',
        defaultLanguage: 'en',
        archivedAt: null,
        latestVersion: null,
        draft: {
          promptTemplates: [{ language: 'en', text: 'a photo of a {label}.' }],
          labels: { totalCount: 2, nodes: [{ key: 'tree' }, { key: 'oak' }] },
        },
      },
    });
  });

  it('refuses a name that is taken, and says when its holder is archived; other tenants have their own', async () => {
    const { client, id } = await ownTaxonomy(app, ['cat']);
    await ownTaxonomy(app, ['cat']);
    const taken = await client.mutate('createTaxonomy', { name: 'animals' });
    expect(taken).toMatchObject({ taxonomy: null, userErrors: [{ code: 'NAME_TAKEN', path: ['name'] }] });
    await client.mutate('archiveTaxonomy', { id, expectedRevision: 1 });
    const archived = await client.mutate('createTaxonomy', { name: 'animals' });
    expect(archived.userErrors[0]).toMatchObject({
      code: 'NAME_TAKEN',
      message: expect.stringContaining('archived'),
    });
  });

  it('refuses a model that is not loaded, listing those that are', async () => {
    const { client } = await ownTaxonomy(app);
    const { userErrors } = await client.mutate('createTaxonomy', { name: 'x', modelId: 'clip-9000' });
    expect(userErrors[0]).toMatchObject({
      code: 'MODEL_NOT_AVAILABLE',
      message: expect.stringContaining("'taxolens-demo'"),
      path: ['modelId'],
    });
  });

  it('gives the first answer again for the same idempotency key', async () => {
    const { client } = await ownTaxonomy(app);
    const input = { name: 'once', labels: toLabelInputs('a'), idempotencyKey: 'key 1' };
    const [one, two] = [
      await client.mutate('createTaxonomy', input),
      await client.mutate('createTaxonomy', input),
    ];
    expect(two).toEqual(one);
    const other = await client.mutate('createTaxonomy', { ...input, name: 'twice' });
    expect(other.userErrors[0]!.code).toBe('IDEMPOTENCY_CONFLICT');
  });

  it('creates nothing when a label is refused', async () => {
    const { client } = await ownTaxonomy(app);
    const refused = await client.mutate('createTaxonomy', { name: 'x', labels: toLabelInputs('a', 'b>c') });
    expect(refused.userErrors[0]).toMatchObject({
      code: 'INVALID_INPUT',
      path: ['labels', '1', 'parentKey'],
    });
    expect(await client.query('{ taxonomy(by: { name: "x" }) { id } }')).toEqual({ taxonomy: null });
  });

  it('needs the scope TAXONOMY_WRITE', async () => {
    const tenant = await seed(app).withTenant('reader').alone();
    const key = await tenant.createKey('TAXONOMY_READ', 'CLASSIFY');
    const query = 'mutation { createTaxonomy(input: { name: "x" }) { taxonomy { id } } }';
    const { status, errors } = await app.send({ query, key });
    expect([status, errors[0]!.extensions.code]).toEqual([403, 'FORBIDDEN']);
  });
});

const FRAGMENT = `fragment All on Taxonomy {
  description modelId defaultLanguage archivedAt latestVersion { id }
  draft { promptTemplates { language text } labels(first: 10) { totalCount nodes { key } } }
}`;

describe('updateTaxonomy and archiveTaxonomy', () => {
  it('changes what is given and leaves the rest', async () => {
    const { client, id } = await ownTaxonomy(app, ['cat']);
    const input = { id, expectedRevision: 1, name: 'beasts', description: 'Wild.' };
    expect((await client.mutate('updateTaxonomy', input)).taxonomy).toMatchObject({ name: 'beasts' });
    const cleared = { id, expectedRevision: 2, description: null, defaultLanguage: 'zh' };
    await client.mutate('updateTaxonomy', cleared);
    const query = 'query ($id: ID!) { taxonomy(by: { id: $id }) { name description defaultLanguage } }';
    const after = { name: 'beasts', description: null, defaultLanguage: 'zh' };
    expect(await client.query(query, { id })).toEqual({ taxonomy: after });
  });

  it('refuses a name that is taken', async () => {
    const { client, id } = await ownTaxonomy(app);
    await client.mutate('createTaxonomy', { name: 'plants' });
    const { userErrors } = await client.mutate('updateTaxonomy', { id, expectedRevision: 1, name: 'plants' });
    expect(userErrors[0]).toMatchObject({ code: 'NAME_TAKEN', path: ['name'] });
  });

  it('refuses every edit of an archived taxonomy', async () => {
    const { client, id } = await ownTaxonomy(app, ['cat']);
    await client.mutate('archiveTaxonomy', { id, expectedRevision: 1 });
    const edit = { taxonomyId: id, expectedRevision: 2 };
    const payloads = [
      await client.mutate('upsertLabels', { ...edit, labels: toLabelInputs('dog') }),
      await client.mutate('publishTaxonomy', edit),
      await client.mutate('archiveTaxonomy', { id, expectedRevision: 2 }),
    ];
    for (const { userErrors } of payloads) {
      expect(userErrors[0]).toMatchObject({
        code: 'INVALID_INPUT',
        message: expect.stringContaining('archived'),
      });
    }
  });
});
