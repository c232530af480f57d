import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bestOf, classify, readExample } from '../support/classify.ts';
import { seed, type SeededTaxonomy, type SeededTenant } from '../support/seed.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';

type Owner = SeededTenant & { taxonomy: SeededTaxonomy };

/** As much alike as two tenants can be: the same names, labels, images, references and idempotency keys. */
let app: TestApp;
let a: Owner;
let b: Owner;
const images = ['one-cat.png', 'one-dog.jpg'].map(readExample);
const alike = { images, references: ['first', 'second'], input: { idempotencyKey: 'the-same' } };

beforeAll(async () => {
  app = await startTestApp();
  a = await seed(app).withTenant('a').withTaxonomy(['cat', 'dog']);
  b = await seed(app).withTenant('b').withTaxonomy(['cat', 'dog'], { published: false });
});
afterAll(() => app.stop());

const send = ({ key }: Owner, more: object = {}) => classify(app, { key, ...alike, ...more });

interface Seen {
  id: string;
  reference: string;
  taxonomyVersion: { id: string; taxonomy: { id: string } };
}

async function see({ key }: Owner, filter: object = {}): Promise<Seen[]> {
  const query = `query ($filter: ClassificationFilter) {
    classifications(first: 100, filter: $filter) { nodes { id reference taxonomyVersion { id taxonomy { id } } } }
  }`;
  type Data = { classifications: { nodes: Seen[] } };
  return (await app.graphql<Data>(query, { filter }, key)).classifications.nodes;
}

describe('two tenants that classify the same under the same names', () => {
  it('embed the same prompts each for themselves', async () => {
    const before = app.services.inference.stats().textsEncoded;
    const { publishTaxonomy } = await app.graphql<{
      publishTaxonomy: { embeddedPrompts: number; cachedPrompts: number };
    }>(
      `mutation ($id: ID!, $revision: Int!) {
        publishTaxonomy(input: { taxonomyId: $id, expectedRevision: $revision }) { embeddedPrompts cachedPrompts }
      }`,
      { id: b.taxonomy.id, revision: b.taxonomy.revision },
      b.key,
    );
    expect(publishTaxonomy).toEqual({ embeddedPrompts: 2, cachedPrompts: 0 });
    expect(app.services.inference.stats().textsEncoded - before).toBe(2);
  });

  it('share no idempotency key, no image embedding and no taxonomy matrix', async () => {
    const { inference, matrices } = app.services;
    const counts = () => ({ images: inference.stats().imagesEncoded, loads: matrices.stats().loads });
    const start = counts();
    const ofA = await send(a);
    expect(counts()).toEqual({ images: start.images + 2, loads: start.loads + 1 });
    const ofB = await send(b);
    expect(counts()).toEqual({ images: start.images + 4, loads: start.loads + 2 });
    expect([bestOf(ofA.payload), bestOf(ofB.payload)]).toEqual([
      [['cat'], ['dog']],
      [['cat'], ['dog']],
    ]);
    // Each gets its own first answer again, not that of whoever came first.
    expect((await send(a)).payload).toEqual(ofA.payload);
    expect((await send(b)).payload).toEqual(ofB.payload);
    expect(JSON.stringify(ofA.payload)).not.toBe(JSON.stringify(ofB.payload));
    expect(counts()).toEqual({ images: start.images + 4, loads: start.loads + 2 });
  });

  it('see and count their own classifications only, whatever they filter by', async () => {
    for (const [mine, theirs] of [
      [a, b],
      [b, a],
    ] as const) {
      const own = await see(mine);
      expect(own.map(({ reference }) => reference).toSorted()).toEqual(['first', 'second']);
      expect(own.every(({ taxonomyVersion }) => taxonomyVersion.taxonomy.id === mine.taxonomy.id)).toBe(true);
      expect(await see(mine, { reference: 'first' })).toHaveLength(1);
      const foreign = await see(theirs);
      expect(await see(mine, { taxonomyId: theirs.taxonomy.id })).toEqual([]);
      expect(await see(mine, { taxonomyVersionId: foreign[0]!.taxonomyVersion.id })).toEqual([]);
    }
  });

  it('get null for each id of the other, and cannot page by its cursors', async () => {
    const [own, foreign] = [await see(a), await see(b)];
    const ids = [...own, ...foreign].map(({ id }) => id);
    const { nodes } = await app.graphql<{ nodes: ({ id: string } | null)[] }>(
      'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }',
      { ids },
      a.key,
    );
    expect(nodes.map((node) => node?.id ?? null)).toEqual([...own.map(({ id }) => id), null, null]);
    for (const { id } of foreign) {
      const one = await app.graphql('query ($id: ID!) { classification(id: $id) { id } }', { id }, a.key);
      expect(one).toEqual({ classification: null });
    }
    const page = 'query ($after: String) { classifications(first: 100, after: $after) { nodes { id } } }';
    const { classifications } = await app.graphql<{ classifications: { nodes: { id: string }[] } }>(
      page,
      { after: foreign[0]!.id },
      a.key,
    );
    // The other's newest is newer than all of one's own: the page after it begins with one's own newest.
    expect(classifications.nodes.map(({ id }) => id)).toEqual(own.map(({ id }) => id));
  });

  it('cannot classify against a taxonomy or version of the other', async () => {
    const { payload } = await send(a, { taxonomies: [{ by: { id: b.taxonomy.id } }], input: {} });
    expect(payload!.userErrors.map(({ code }) => code)).toEqual(['NOT_FOUND']);
    const absent = await send(a, {
      taxonomies: [{ by: { id: 'taxonomy_01h2xcejqtf2nbrexx3vqjhp41' } }],
      input: {},
    });
    expect(absent.payload!.userErrors[0]!.message.replace(/taxonomy_\w+/, '')).toBe(
      payload!.userErrors[0]!.message.replace(/taxonomy_\w+/, ''),
    );
  });
});
