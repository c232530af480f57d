import { startApp } from '../../src/app.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TaxonomyVersion } from '../../src/database/generated/client.ts';
import { toUuid } from '../../src/ids.ts';
import { createMatrixCache } from '../../src/taxonomy/matrix.ts';
import { readMatrix, writeMatrix } from '../../src/taxonomy/matrix-rows.ts';
import { resolveTaxonomyVersions } from '../../src/taxonomy/resolve-version.ts';
import { classify, readExample } from '../support/classify.ts';
import { withClient } from '../support/database.ts';
import { recordStatements } from '../support/record-statements.ts';
import { createClient } from '../support/client.ts';
import { seed, type SeededTenant } from '../support/seed.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';
import {
  ownTaxonomy,
  taxonomyClient,
  toLabelInputs,
  type TaxonomyClient,
} from '../support/taxonomy-client.ts';

let app: TestApp;
let tenant: SeededTenant;
let tenantId: string;
let client: TaxonomyClient;
let version: TaxonomyVersion;

const en = (text: string) => ({ language: 'en', text });
const LABELS = [
  { key: 'tiger', names: [en('tiger')] },
  { key: 'cat', names: [en('cat'), { language: 'zh', text: '猫' }], synonyms: [en('kitty'), en('pussycat')] },
];
const TEMPLATES = ['a photo of a {label}.', 'a drawing of a {label}.', 'the {label}'];

beforeAll(async () => {
  app = await startTestApp();
  tenant = await seed(app).withTenant('matrices').alone();
  tenantId = toUuid('tenant', tenant.id)!;
  client = taxonomyClient(app, tenant.key);
  const input = { name: 'animals', labels: LABELS, promptTemplates: TEMPLATES.map(en) };
  const { taxonomy } = await client.mutate('createTaxonomy', input);
  await client.publish(taxonomy!.id);
  version = await resolveOne({ name: 'animals' });
});
afterAll(() => app.stop());

async function resolveOne(by: object, version?: number): Promise<TaxonomyVersion> {
  return (await resolveTaxonomyVersions(app.services.db, tenantId, [{ by, version }]))[0]!;
}

describe('a taxonomy matrix', () => {
  it('has for each label the normalised mean of its normalised text embeddings', async () => {
    const prompts = TEMPLATES.flatMap((template) =>
      ['cat', 'kitty', 'pussycat'].map((text) => template.replaceAll('{label}', text)),
    );
    const { inference, matrices } = app.services;
    const { embeddings } = await inference.embedTexts({ tenantId, modelId: version.modelId, texts: prompts });
    const mean = Array.from({ length: embeddings[0]!.length }, (_, i) =>
      embeddings.reduce((sum, embedding) => sum + embedding[i]! / Math.hypot(...embedding), 0),
    );
    const expected = mean.map((value) => value / Math.hypot(...mean));
    const { data, dimension, fallbacks } = await matrices.get(tenantId, version, 'en');
    const row = data.subarray(dimension, 2 * dimension);
    for (const [i, value] of expected.entries()) expect(row[i]).toBeCloseTo(value, 5);
    expect(fallbacks).toEqual({});
  });

  it('has the rows of the labels in their order, and says which were made in another language', async () => {
    const { data, dimension, labelIds, fallbacks } = await app.services.matrices.get(tenantId, version, 'zh');
    expect(data).toHaveLength(2 * dimension);
    expect(fallbacks).toEqual({ 0: 'en' });
    const labels = await app.services.db.withTenant(tenantId, (tx) =>
      tx.label.findMany({ where: { versionId: version.id }, orderBy: { position: 'asc' } }),
    );
    expect(labels.map(({ id }) => id)).toEqual(labelIds);
    expect(labels.map(({ key }) => key)).toEqual(['tiger', 'cat']);
  });

  it('is stored in parts that no statement is long for, and read back as it was', async () => {
    const { db } = app.services;
    const dimension = 512;
    const labels = Array.from({ length: 600 }, (_, i) => `k${i}`);
    const many = await ownTaxonomy(app, { labels: toLabelInputs(...labels) });
    await many.client.publish(many.id);
    const [row] = await resolveTaxonomyVersions(db, many.tenantId, [{ by: { id: many.id } }]);
    const owner = { tenantId: many.tenantId, versionId: row!.id, language: 'xx' };
    const matrix = Float32Array.from({ length: labels.length * dimension }, (_, i) => Math.sin(i));
    const built = { matrix, dimension, fallbacks: { '7': 'en' }, closest: [] };
    await withClient(app.database.superuserUrl, async (client) => {
      await client.query(`set session_replication_role = replica`); // past what keeps a READY version frozen
      await client.query(`update taxonomy_version set state = 'EMBEDDING' where id = $1`, [row!.id]);
    });
    await writeMatrix(db, owner, built);
    await writeMatrix(db, owner, built); // as a run does that was cut short before
    const read = await readMatrix(db, owner);
    expect(Buffer.from(read.data.buffer).equals(Buffer.from(matrix.buffer))).toBe(true);
    expect(read).toMatchObject({ dimension, fallbacks: { 7: 'en' } });
    expect(read.labelIds).toHaveLength(labels.length);
    const parts = await db.withTenant(many.tenantId, (tx) =>
      tx.taxonomyMatrixPart.findMany({ where: owner, orderBy: { part: 'asc' } }),
    );
    expect(parts.map(({ data }) => data.length)).toEqual([524_288, 524_288, 180_224]);
  });

  it('serves classifications without a call of the text encoder, also in a process that has just started', async () => {
    const image = readExample('one-cat.png');
    const fresh = await startApp(app.services.config, { explorer: false });
    try {
      for (const one of [app, fresh]) {
        const client = createClient(one.url);
        const before = one.services.inference.stats().textEncoderCalls;
        await classify(client, { key: tenant.key, images: [image], taxonomies: ['animals'] });
        await classify(client, { key: tenant.key, images: [image], taxonomies: ['animals'] });
        expect(one.services.inference.stats().textEncoderCalls).toBe(before);
      }
      expect(fresh.services.matrices.stats()).toMatchObject({ loads: 1, hits: 1 });
    } finally {
      await fresh.stop();
    }
  });
});

describe('createMatrixCache', () => {
  const BIG = 1_000_000;

  it('loads a matrix once for all who want it at once, and then serves it from memory', async () => {
    const cache = createMatrixCache({ db: app.services.db, budgetBytes: BIG });
    const wanted = await Promise.all(Array.from({ length: 5 }, () => cache.get(tenantId, version, 'en')));
    expect(new Set(wanted).size).toBe(1);
    const statements = await recordStatements(() => cache.get(tenantId, version, 'en'));
    expect(statements).toEqual([]);
    expect(cache.stats()).toMatchObject({ loads: 1, hits: 1 });
  });

  it('lets go of what was used longest ago, within its budget', async () => {
    const probe = createMatrixCache({ db: app.services.db, budgetBytes: BIG });
    await probe.get(tenantId, version, 'en');
    const size = probe.stats().bytes;
    await client.mutate('createTaxonomy', { name: 'second', labels: toLabelInputs('a', 'b') });
    const { taxonomy } = await client.query<{ taxonomy: { id: string } }>(
      '{ taxonomy(by: { name: "second" }) { id } }',
    );
    await client.publish(taxonomy.id);
    const second = await resolveOne({ name: 'second' });

    const cache = createMatrixCache({ db: app.services.db, budgetBytes: 2 * size });
    await cache.get(tenantId, version, 'en');
    await cache.get(tenantId, version, 'zh');
    await cache.get(tenantId, version, 'en'); // zh is now the one used longest ago
    await cache.get(tenantId, second, 'en');
    expect(cache.stats()).toEqual({ loads: 3, hits: 1, bytes: 2 * size });
    await cache.get(tenantId, version, 'en');
    expect(cache.stats()).toMatchObject({ loads: 3, hits: 2 });
    await cache.get(tenantId, version, 'zh');
    expect(cache.stats()).toMatchObject({ loads: 4, bytes: 2 * size });
  });

  it('serves a matrix beyond its budget without keeping it', async () => {
    const cache = createMatrixCache({ db: app.services.db, budgetBytes: 10 });
    expect((await cache.get(tenantId, version, 'en')).labelIds).toHaveLength(2);
    expect(cache.stats()).toEqual({ loads: 1, hits: 0, bytes: 0 });
  });

  it('gives nothing to another tenant, and forgets a failed load', async () => {
    const cache = createMatrixCache({ db: app.services.db, budgetBytes: BIG });
    await cache.get(tenantId, version, 'en');
    const other = await seed(app).withTenant('stranger').alone();
    const strangerId = toUuid('tenant', other.id)!;
    await expect(cache.get(strangerId, version, 'en')).rejects.toThrow(/no record was found/i);
    await expect(cache.get(tenantId, version, 'de')).rejects.toThrow(/no record was found/i);
    await expect(cache.get(tenantId, version, 'de')).rejects.toThrow(/no record was found/i);
    expect(cache.stats()).toMatchObject({ loads: 4, hits: 0 });
  });
});

describe('resolveTaxonomyVersions', () => {
  it('finds the newest READY version or a numbered one, in the order asked for', async () => {
    const { taxonomy } = await client.mutate('createTaxonomy', { name: 'twice', labels: toLabelInputs('a') });
    await client.publish(taxonomy!.id);
    await client.publish(taxonomy!.id);
    const refs = [
      { by: { name: 'twice' } },
      { by: { name: 'animals' } },
      { by: { id: taxonomy!.id }, version: 1 },
    ];
    const versions = await resolveTaxonomyVersions(app.services.db, tenantId, refs);
    expect(versions.map(({ number }) => number)).toEqual([2, 1, 1]);
    expect(versions[0]!.taxonomyId).toBe(versions[2]!.taxonomyId);
  });

  it('takes the same few statements for ten as for one', async () => {
    const { db } = app.services;
    const refs = Array.from({ length: 10 }, () => ({ by: { name: 'animals' } }));
    const one = await recordStatements(() => resolveTaxonomyVersions(db, tenantId, refs.slice(0, 1)));
    const ten = await recordStatements(() => resolveTaxonomyVersions(db, tenantId, refs));
    expect(ten).toHaveLength(one.length);
  });

  it('says what is wrong with a reference', async () => {
    const { taxonomy } = await client.mutate('createTaxonomy', {
      name: 'unpublished',
      labels: toLabelInputs('a'),
    });
    const notPublished = {
      code: 'TAXONOMY_NOT_PUBLISHED',
      message: expect.stringContaining('publishTaxonomy'),
    };
    await expect(resolveOne({ id: taxonomy!.id })).rejects.toMatchObject(notPublished);
    await client.mutate('archiveTaxonomy', { id: taxonomy!.id, expectedRevision: 1 });
    const archived = { code: 'INVALID_INPUT', message: expect.stringContaining('archived') };
    await expect(resolveOne({ id: taxonomy!.id })).rejects.toMatchObject(archived);
    for (const ref of [{ name: 'nowhere' }, { id: 'taxonomy_?' }, { name: 'a\0' }]) {
      await expect(resolveOne(ref)).rejects.toMatchObject({
        code: 'NOT_FOUND',
        inputPath: ['taxonomies', '0', 'by'],
      });
    }
    for (const number of [0, -1, 7]) {
      const inputPath = ['taxonomies', '0', 'version'];
      await expect(resolveOne({ name: 'animals' }, number)).rejects.toMatchObject({
        code: 'NOT_FOUND',
        inputPath,
      });
    }
  });
});
