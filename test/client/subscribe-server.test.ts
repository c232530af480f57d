import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseAllowedTargets } from '../../src/outbound/allowed-targets.ts';
import { createClient, typedDocument, type Client, type Schema } from '../support/built-client.ts';
import { startImageServer, type ImageServer } from '../support/image-server.ts';
import { seed, type SeededTaxonomy, type SeededTenant } from '../support/seed.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';

type Root = Schema.Subscription;
const JOB = typedDocument<Pick<Root, 'classificationJobProgress'>, { id: string }>(
  'subscription ($id: ID!) { classificationJobProgress(id: $id) { state progress counts { total succeeded } } }',
);
const CREATED = typedDocument<Pick<Root, 'classificationCreated'>, { taxonomyId: string }>(
  'subscription ($taxonomyId: ID!) { classificationCreated(taxonomyId: $taxonomyId) { id reference } }',
);
const DOG = readFileSync('examples/one-dog.jpg');

let app: TestApp;
let images: ImageServer;
let tenant: SeededTenant;
let taxonomy: SeededTaxonomy;
let client: Client;
beforeAll(async () => {
  images = await startImageServer((_, response) => response.end(DOG));
  app = await startTestApp({ allowedPrivateTargets: parseAllowedTargets('127.0.0.1') });
  tenant = await seed(app).withTenant('a').alone();
  taxonomy = await tenant.createTaxonomy(['two cats', 'one dog']);
  client = createClient({ url: app.url, key: tenant.key });
});
afterAll(async () => {
  await app.stop();
  await images.stop();
});

/** Resolves to the id of the classification. */
async function classify(reference: string): Promise<string> {
  const image = { source: { upload: DOG }, reference };
  const [result] = await client.classify({ images: [image], taxonomies: ['animals'] });
  return (result!.outcomes[0] as { id: string }).id;
}

it('the progress of a job, to its end', async () => {
  const sources = Array.from({ length: 40 }, (_, index) => images.url(`/${index}.jpg`));
  const { id } = await client.createJob({ images: sources, taxonomies: ['animals'] });
  const seen: Root['classificationJobProgress'][] = [];
  for await (const { data } of client.subscribe(JOB, { id })) seen.push(data.classificationJobProgress);
  expect(seen.at(-1)).toEqual({ state: 'COMPLETED', progress: 1, counts: { total: 40, succeeded: 40 } });
  expect(seen.map(({ progress }) => progress)).toEqual(
    seen.map(({ progress }) => progress).toSorted((a, b) => a - b),
  );
});

it('every classification of a taxonomy once, through connections that break', async () => {
  const lives: AbortController[] = [];
  const breaking = createClient({
    url: app.url,
    key: tenant.key,
    fetch(target, init) {
      const life = new AbortController();
      lives.push(life);
      init!.signal!.addEventListener('abort', () => life.abort());
      return fetch(target, { ...init, signal: life.signal });
    },
  });
  const lastEventId = await classify('before');
  await classify('0');
  const references: (string | null)[] = [];
  for await (const { data, id } of breaking.subscribe(
    CREATED,
    { taxonomyId: taxonomy.id },
    { lastEventId },
  )) {
    expect(id).toBe(data.classificationCreated.id);
    references.push(data.classificationCreated.reference);
    if (references.length === 6) break;
    lives.at(-1)!.abort(); // and what happens while it is away is not lost
    await classify(String(references.length));
  }
  expect(references).toEqual(['0', '1', '2', '3', '4', '5']);
  expect(lives.length).toBeGreaterThan(5);
});

it('ends with its key', async () => {
  const { apiKey, secret } = (
    await app.graphql<{ createApiKey: { apiKey: { id: string }; secret: string } }>(
      'mutation { createApiKey(input: { name: "short", scopes: [CLASSIFY] }) { apiKey { id } secret } }',
      {},
      tenant.key,
    )
  ).createApiKey;
  const revoked = createClient({ url: app.url, key: secret });
  const lastEventId = await classify('seen');
  const watch = async () => {
    const updates = revoked.subscribe(CREATED, { taxonomyId: taxonomy.id }, { lastEventId });
    await classify('one more');
    for await (const { data } of updates) {
      expect(data.classificationCreated.reference).toBe('one more');
      await app.graphql(
        'mutation ($id: ID!) { revokeApiKey(input: { id: $id }) { userErrors { message } } }',
        { id: apiKey.id },
        tenant.key,
      );
    }
  };
  await expect(watch()).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
});

it('says what is refused', async () => {
  const none = client.subscribe(CREATED, { taxonomyId: 'taxonomy_00000000000000000000000000' });
  await expect(none.next()).rejects.toMatchObject({ code: 'NOT_FOUND' });
  const unknown = createClient({ url: app.url, key: 'txl_no' }).subscribe(CREATED, {
    taxonomyId: taxonomy.id,
  });
  await expect(unknown.next()).rejects.toMatchObject({ code: 'UNAUTHENTICATED', status: 401 });
});
