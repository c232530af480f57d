import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freezeDraft } from '../../src/taxonomy/freeze-draft.ts';
import { planVersion } from '../../src/taxonomy/plan-version.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';
import { ownTaxonomy, toLabelInputs } from '../support/taxonomy-client.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

const TEMPLATES = [
  { language: 'en', text: 'a photo of a {label}.' },
  { language: 'en', text: 'a {label}' },
];
const CAT = {
  key: 'cat',
  names: [
    { language: 'en', text: 'cat' },
    { language: 'zh', text: '猫' },
  ],
  synonyms: [{ language: 'en', text: 'kitty' }],
};

describe('publishTaxonomy', () => {
  it('answers with a READY version within the mutation', async () => {
    const { client, id } = await ownTaxonomy(app, { labels: [CAT], promptTemplates: TEMPLATES });
    const startedAt = performance.now();
    const payload = await client.publish(id, { note: 'the first' });
    const durationMs = performance.now() - startedAt;
    expect(payload).toMatchObject({
      version: { number: 1, state: 'READY', failure: null, promptLanguages: ['en', 'zh'] },
      embeddedPrompts: 5, // two texts in two templates, and the bare Chinese name
      cachedPrompts: 0,
      warnings: [],
      userErrors: [],
    });
    expect(durationMs).toBeLessThan(5_000);
    const query = `query ($id: ID!) { taxonomy(by: { id: $id }) { latestVersion {
      number note progress { embedded total } labelCount modelId publishedAt promptTemplates { text }
    } } }`;
    expect(await client.query(query, { id })).toMatchObject({
      taxonomy: {
        latestVersion: { number: 1, note: 'the first', progress: { embedded: 5, total: 5 }, labelCount: 1 },
      },
    });
  });

  it('embeds only what is not cached, across versions and taxonomies of the tenant', async () => {
    const { client, id } = await ownTaxonomy(app, { labels: [CAT], promptTemplates: TEMPLATES });
    await client.publish(id);
    const textsBefore = app.services.inference.stats().textsEncoded;
    expect(await client.publish(id)).toMatchObject({ embeddedPrompts: 0, cachedPrompts: 5 });
    expect(app.services.inference.stats().textsEncoded).toBe(textsBefore);
    const synonyms = [...CAT.synonyms, { language: 'en', text: 'pussycat' }];
    await client.edit('upsertLabels', id, { labels: [{ ...CAT, synonyms }] });
    expect(await client.publish(id)).toMatchObject({ embeddedPrompts: 2, cachedPrompts: 5 });
    expect(app.services.inference.stats().textsEncoded).toBe(textsBefore + 2);
    const other = await client.mutate('createTaxonomy', {
      name: 'other',
      labels: [{ ...CAT, key: 'feline' }],
    });
    // Without templates the bare texts are the prompts; only the Chinese name was one before.
    expect(await client.publish(other.taxonomy!.id)).toMatchObject({ embeddedPrompts: 2, cachedPrompts: 1 });
  });

  it('never uses the cache of another tenant', async () => {
    const labels = toLabelInputs('secret project');
    await (await ownTaxonomy(app, { labels })).client.mutate('createTaxonomy', { name: 'x', labels });
    const one = await ownTaxonomy(app, { labels });
    await one.client.publish(one.id);
    const two = await ownTaxonomy(app, { labels });
    expect(await two.client.publish(two.id)).toMatchObject({ embeddedPrompts: 1, cachedPrompts: 0 });
  });

  it('freezes the version: later edits do not reach it', async () => {
    const { client, id } = await ownTaxonomy(app, {
      labels: toLabelInputs('a', 'a>b'),
      promptTemplates: TEMPLATES,
    });
    await client.publish(id);
    const query = `query ($id: ID!) { taxonomy(by: { id: $id }) { versions(last: 1) { nodes {
      number labelCount labels(first: 10) { nodes { key name synonyms { text } path { key } } } promptTemplates { text }
    } } } }`;
    const before = await client.query(query, { id });
    await client.edit('upsertLabels', id, {
      labels: [{ key: 'b', names: [{ language: 'en', text: 'changed' }] }],
    });
    await client.edit('setPromptTemplates', id, { promptTemplates: [] });
    await client.edit('removeLabels', id, { keys: ['a'] });
    await client.publish(id);
    expect(await client.query(query, { id })).toEqual(before);
  });

  it('warns of missing names and of languages that the model does not know', async () => {
    const german = [...CAT.names, { language: 'de', text: 'Katze' }];
    const labels = [{ ...CAT, names: german }, ...toLabelInputs('dog')];
    const { client, id } = await ownTaxonomy(app, { labels });
    const { version, warnings } = await client.publish(id);
    expect(version!.promptLanguages).toEqual(['en', 'zh']);
    expect(warnings.map(({ code, labelKeys }) => [code, labelKeys])).toEqual([
      ['LANGUAGE_UNKNOWN_TO_MODEL', ['cat']],
      ['NAME_MISSING', ['dog']],
    ]);
  });

  it('refuses an empty draft, a stale revision and a wait too long', async () => {
    const { client, id } = await ownTaxonomy(app, {});
    expect((await client.publish(id)).userErrors[0]).toMatchObject({ code: 'TAXONOMY_EMPTY' });
    const stale = { taxonomyId: id, expectedRevision: 7 };
    expect((await client.mutate('publishTaxonomy', stale)).userErrors[0]).toMatchObject({
      code: 'REVISION_CONFLICT',
    });
    expect((await client.publish(id, { waitMs: 60_001 })).userErrors[0]).toMatchObject({ path: ['waitMs'] });
    expect(
      await client.query('query ($id: ID!) { taxonomy(by: { id: $id }) { latestVersion { id } } }', { id }),
    ).toEqual({
      taxonomy: { latestVersion: null },
    });
  });

  it('gives the first answer again for the same idempotency key', async () => {
    const { client, id } = await ownTaxonomy(app, { labels: [CAT] });
    const one = await client.publish(id, { idempotencyKey: 'publish 1' });
    const two = await client.publish(id, { idempotencyKey: 'publish 1' });
    expect(two).toEqual(one);
  });

  it('freezes nothing when the draft was edited after it was planned', async () => {
    const { client, id, tenantId, taxonomyId } = await ownTaxonomy(app, { labels: [CAT] });
    const { db, queue } = app.services;
    const edit = { taxonomyId, expectedRevision: 1, note: null };
    const plan = await planVersion(app.services, tenantId, edit);
    expect(plan).toMatchObject({ order: ['cat'], promptCount: 3, cachedPromptCount: 0 });
    await client.edit('upsertLabels', id, { labels: toLabelInputs('dog') });
    const freezing = db.withTenant(tenantId, (tx) => freezeDraft({ tx, queue }, tenantId, edit, plan));
    await expect(freezing).rejects.toMatchObject({ code: 'REVISION_CONFLICT' });
    expect((await client.publish(id)).version).toMatchObject({ number: 1, state: 'READY' });
  });

  it('numbers two at once one after the other', async () => {
    const { client, id } = await ownTaxonomy(app, { labels: [CAT] });
    const payloads = await Promise.all([client.publish(id), client.publish(id), client.publish(id)]);
    expect(payloads.map(({ version }) => version!.number).toSorted()).toEqual([1, 2, 3]);
    expect(payloads.every(({ version }) => version!.state === 'READY')).toBe(true);
  });
});
