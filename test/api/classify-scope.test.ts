import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { classify, readExample } from '../support/classify.ts';
import { seed, type SeededTenant } from '../support/seed.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';

let app: TestApp;
let tenant: SeededTenant;
/** Of the one scope CLASSIFY. */
let key: string;
let taxonomyId: string;
beforeAll(async () => {
  app = await startTestApp();
  const seeded = await seed(app)
    .withTenant('a')
    .withTaxonomy([
      { key: 'animal', names: { en: 'animal' } },
      { key: 'cat', names: { en: 'cat' }, parentKey: 'animal' },
    ]);
  tenant = seeded;
  taxonomyId = seeded.taxonomy.id;
  key = await tenant.createKey('CLASSIFY');
  await classify(app, { images: [readExample('one-cat.png')], key });
});
afterAll(() => app.stop());

const read = (selection: string, by = key) =>
  app.send({ query: `{ classifications(first: 1) { nodes { ${selection} } } }`, key: by });

/** Every edge that leads from a classification to what its taxonomy holds. */
const EDGES = [
  'taxonomyVersion { taxonomy { draft { revision } } }',
  'taxonomyVersion { taxonomy { draft { labels(first: 10) { nodes { key } } } } }',
  'taxonomyVersion { taxonomy { draft { promptTemplates { text } } } }',
  'taxonomyVersion { taxonomy { latestVersion { id } } }',
  'taxonomyVersion { taxonomy { versions(first: 10) { nodes { note } } } }',
  'taxonomyVersion { labels(first: 10) { nodes { key } } }',
  'taxonomyVersion { promptTemplates { text } }',
  'top { label { children { key } } }',
  'top { label { path { children { key } } } }',
  'top { path { children { key } } }',
  'predictions { label { parent { children { key } } } }',
];

describe('a key of scope CLASSIFY', () => {
  it('reads what a classification shows: names, paths, and the number of the version', async () => {
    const shown = `id taxonomyVersion { id number state taxonomy { id name } }
      top { name label { key name names { text } parent { key } path { key } } path { name } }`;
    const { errors, data } = await read(shown);
    expect(errors).toEqual([]);
    expect(JSON.stringify(data)).toContain('"taxonomy":{"id":"taxonomy_');
  });

  it.each(EDGES)('cannot go on to what the taxonomy holds: %s', async (edge) => {
    const refused = await read(edge);
    expect(refused.errors.map(({ extensions }) => extensions.code)[0]).toBe('FORBIDDEN');
    expect(JSON.stringify(refused.data ?? null)).not.toMatch(
      /"(revision|text|note|children)":|"key":"animal"/,
    );
    for (const scope of ['TAXONOMY_READ', 'TAXONOMY_WRITE'] as const) {
      const allowed = await read(edge, await tenant.createKey('CLASSIFY', scope));
      expect(allowed.errors).toEqual([]);
    }
  });

  it('finds by their ids classifications, and nothing of taxonomies', async () => {
    const all = await app.graphql<object>(
      `query ($id: ID!) {
        tenant { id } apiKeys(first: 1) { nodes { id } }
        taxonomy(by: { id: $id }) { id latestVersion { id labels(first: 10) { nodes { id } } } draft { labels(first: 10) { nodes { id } } } }
        classifications(first: 1) { nodes { id } }
      }`,
      { id: taxonomyId },
      tenant.key,
    );
    const ids = [...new Set(JSON.stringify(all).match(/[a-z]+_[0-9a-z]{26}/g))];
    const prefixes = new Set(ids.map((id) => id.split('_')[0]));
    expect(prefixes).toEqual(new Set(['tenant', 'apikey', 'taxonomy', 'version', 'label', 'classification']));
    const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
    const { nodes } = await app.graphql<{ nodes: ({ id: string } | null)[] }>(query, { ids }, key);
    expect(nodes.flatMap((node) => (node ? [node.id.split('_')[0]] : []))).toEqual([
      'tenant',
      'classification',
    ]);
  });
});
