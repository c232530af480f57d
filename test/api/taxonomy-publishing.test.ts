import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toUuid } from '../../src/ids.ts';
import { EMBED_QUEUE } from '../../src/taxonomy/embed-queue.ts';
import { publishTaxonomy } from '../../src/taxonomy/publish.ts';
import { until } from '../support/poll.ts';
import { seed } from '../support/seed.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';
import { taxonomyClient, toLabelInputs, type TaxonomyClient } from '../support/taxonomy-client.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

let tenants = 0;
interface Subject {
  client: TaxonomyClient;
  id: string;
  tenantId: string;
  taxonomyId: string;
}

async function withTaxonomy(input: Record<string, unknown>): Promise<Subject> {
  const tenant = await seed(app).withTenant(`tenant ${++tenants}`).alone();
  const client = taxonomyClient(app, tenant.key);
  const { taxonomy } = await client.mutate('createTaxonomy', { name: 'animals', ...input });
  const id = taxonomy!.id;
  return { client, id, tenantId: toUuid('tenant', tenant.id)!, taxonomyId: toUuid('taxonomy', id)! };
}

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
    const { client, id } = await withTaxonomy({ labels: [CAT], promptTemplates: TEMPLATES });
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
    const { client, id } = await withTaxonomy({ labels: [CAT], promptTemplates: TEMPLATES });
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
    await (await withTaxonomy({ labels })).client.mutate('createTaxonomy', { name: 'x', labels });
    const one = await withTaxonomy({ labels });
    await one.client.publish(one.id);
    const two = await withTaxonomy({ labels });
    expect(await two.client.publish(two.id)).toMatchObject({ embeddedPrompts: 1, cachedPrompts: 0 });
  });

  it('freezes the version: later edits do not reach it', async () => {
    const { client, id } = await withTaxonomy({
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
    const { client, id } = await withTaxonomy({ labels });
    const { version, warnings } = await client.publish(id);
    expect(version!.promptLanguages).toEqual(['en', 'zh']);
    expect(warnings.map(({ code, labelKeys }) => [code, labelKeys])).toEqual([
      ['LANGUAGE_UNKNOWN_TO_MODEL', ['cat']],
      ['NAME_MISSING', ['dog']],
    ]);
  });

  it('refuses an empty draft, a stale revision and a wait too long', async () => {
    const { client, id } = await withTaxonomy({});
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
    const { client, id } = await withTaxonomy({ labels: [CAT] });
    const one = await client.publish(id, { idempotencyKey: 'publish 1' });
    const two = await client.publish(id, { idempotencyKey: 'publish 1' });
    expect(two).toEqual(one);
  });

  it('numbers two at once one after the other', async () => {
    const { client, id } = await withTaxonomy({ labels: [CAT] });
    const payloads = await Promise.all([client.publish(id), client.publish(id), client.publish(id)]);
    expect(payloads.map(({ version }) => version!.number).toSorted()).toEqual([1, 2, 3]);
    expect(payloads.every(({ version }) => version!.state === 'READY')).toBe(true);
  });
});

/** Freezes a version whose job is not sent, as if its worker had not come to it yet. */
async function freezeWithoutJob({ tenantId, taxonomyId }: Subject): Promise<string> {
  const queue = { ...app.services.queue, send: async () => null };
  const input = { taxonomyId, expectedRevision: 1, waitMs: 0 };
  const { version } = await publishTaxonomy({ ...app.services, queue }, tenantId, input);
  expect(version.state).toBe('EMBEDDING');
  return version.id;
}

const sendJob = ({ tenantId }: Subject, versionId: string) =>
  app.services.db.withTenant(tenantId, (tx) =>
    app.services.queue.send(tx, EMBED_QUEUE, { tenantId, versionId }),
  );

describe('a version that is still embedding', () => {
  const VERSIONS = `query ($id: ID!) { taxonomy(by: { id: $id }) {
    latestVersion { number } versions(first: 5) { nodes { number state failure progress { embedded total } } }
  } }`;

  type Versions = { taxonomy: { latestVersion: object | null; versions: { nodes: { state: string }[] } } };

  it('does not move latestVersion, and a later one may overtake it', async () => {
    const subject = await withTaxonomy({ labels: [CAT] });
    const first = await freezeWithoutJob(subject);
    const progress = { embedded: 0, total: 3 };
    expect(await subject.client.query(VERSIONS, { id: subject.id })).toEqual({
      taxonomy: {
        latestVersion: null,
        versions: { nodes: [{ number: 1, state: 'EMBEDDING', failure: null, progress }] },
      },
    });
    await subject.client.publish(subject.id);
    await sendJob(subject, first);
    const settled = await until('version 1 is READY', async () => {
      const { taxonomy } = await subject.client.query<Versions>(VERSIONS, { id: subject.id });
      return taxonomy.versions.nodes.every(({ state }) => state === 'READY') && taxonomy;
    });
    expect(settled.latestVersion).toEqual({ number: 2 });
  });

  it('fails for good when its model is gone, and says what to do', async () => {
    const subject = await withTaxonomy({ labels: [CAT] });
    const versionId = await freezeWithoutJob(subject);
    await app.services.db.withTenant(subject.tenantId, (tx) =>
      tx.taxonomyVersion.updateMany({ where: { id: versionId }, data: { modelRevision: 'f'.repeat(64) } }),
    );
    await sendJob(subject, versionId);
    const failed = await until('the version is FAILED', async () => {
      const { taxonomy } = await subject.client.query<Versions>(VERSIONS, { id: subject.id });
      return taxonomy.versions.nodes[0]!.state === 'FAILED' && taxonomy.versions.nodes[0];
    });
    expect(failed).toMatchObject({ failure: expect.stringContaining('Publish again') });
    expect(await subject.client.publish(subject.id)).toMatchObject({
      version: { number: 2, state: 'READY' },
    });
  });

  it('is waited for as long as asked, and given up when the client leaves', async () => {
    const subject = await withTaxonomy({ labels: [CAT] });
    const { tenantId, taxonomyId } = subject;
    const queue = { ...app.services.queue, send: async () => null };
    const leaving = new AbortController();
    const input = { taxonomyId, expectedRevision: 1, waitMs: 60_000 };
    const waiting = publishTaxonomy({ ...app.services, queue }, tenantId, input, leaving.signal);
    await until('the version is frozen', async () => {
      const { taxonomy } = await subject.client.query<Versions>(VERSIONS, { id: subject.id });
      return taxonomy.versions.nodes.length === 1;
    });
    leaving.abort();
    expect((await waiting).version.state).toBe('EMBEDDING');
  });
});
