import { openAsBlob, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAllowedTargets } from '../../src/outbound/allowed-targets.ts';
import {
  createClient,
  TaxolensUserError,
  typedDocument,
  type Client,
  type Schema,
} from '../support/built-client.ts';
import { startImageServer, type ImageServer } from '../support/image-server.ts';
import { seed, type SeededTaxonomy, type SeededTenant } from '../support/seed.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';

const CATS = 'examples/two-cats.jpg';
const DOG = readFileSync('examples/one-dog.jpg');

let app: TestApp;
let images: ImageServer;
let tenant: SeededTenant;
let taxonomy: SeededTaxonomy;
let client: Client;
beforeAll(async () => {
  images = await startImageServer((path, response) => {
    if (path === '/dog.jpg') response.end(DOG);
    else if (path !== '/held.jpg') response.writeHead(404).end();
  });
  app = await startTestApp({ allowedPrivateTargets: parseAllowedTargets('127.0.0.1') });
  tenant = await seed(app).withTenant('a').alone();
  taxonomy = await tenant.createTaxonomy(['two cats', 'one dog', 'pizza']);
  client = createClient({ url: app.url, key: tenant.key });
});
afterAll(async () => {
  await app.stop();
  await images.stop();
});

describe('classify', () => {
  it('takes a Blob, bytes, an ArrayBuffer and a URL beside each other, and keeps their order', async () => {
    const url = images.url('/dog.jpg');
    const results = await client.classify({
      images: [
        await openAsBlob(CATS),
        new Uint8Array(DOG),
        Uint8Array.from(DOG).buffer,
        new URL(url),
        url,
        { source: { upload: new File([DOG], 'dog.jpg') }, reference: 'a dog' },
      ],
      taxonomies: ['animals'],
      topK: 1,
    });
    const best = results.map(({ outcomes: [outcome] }) =>
      'code' in outcome! ? outcome.code : outcome!.predictions[0]!.label.key,
    );
    expect(best).toEqual(['two cats', 'one dog', 'one dog', 'one dog', 'one dog', 'one dog']);
    expect(results.map(({ reference }) => reference)).toEqual([null, null, null, null, null, 'a dog']);
  });

  it('gives an image that fails its outcome, and the others theirs', async () => {
    const [broken, absent, good] = await client.classify({
      images: [new Uint8Array(3), images.url('/none.jpg'), DOG],
      taxonomies: [{ by: { id: taxonomy.id } }],
    });
    expect(broken!.outcomes).toMatchObject([
      { __typename: 'ClassificationError', code: 'IMAGE_UNSUPPORTED' },
    ]);
    expect(absent!.outcomes).toMatchObject([
      { __typename: 'ClassificationError', code: 'IMAGE_FETCH_FAILED' },
    ]);
    expect(good!.outcomes).toMatchObject([{ __typename: 'Classification' }]);
  });

  it('classifies 100 images against 10 taxonomies', async () => {
    const [result] = await client.classify({
      images: Array.from({ length: 100 }, () => DOG),
      taxonomies: Array.from({ length: 10 }, () => 'animals'),
    });
    expect(result!.outcomes).toHaveLength(10);
  });

  it('throws what has to be mended', async () => {
    const refused = client.classify({ images: [DOG], taxonomies: ['no-such'] });
    await expect(refused).rejects.toThrow(TaxolensUserError);
    await expect(refused).rejects.toMatchObject({
      code: 'NOT_FOUND',
      userErrors: [{ code: 'NOT_FOUND', path: ['taxonomies', '0', 'by'] }],
    });
  });
});

describe('jobs', () => {
  it('begins one of URLs and bytes, waits for it, and lists its items', async () => {
    const seen: number[] = [];
    const sources = Array.from({ length: 60 }, () => images.url('/dog.jpg'));
    const job = await client.createJob({
      images: [...sources, images.url('/none.jpg'), DOG],
      taxonomies: ['animals'],
    });
    const ended = await client.waitForJob(job.id, { onProgress: ({ progress }) => seen.push(progress) });
    expect(ended).toMatchObject({ state: 'COMPLETED', counts: { total: 62, succeeded: 61, failed: 1 } });
    expect(seen.at(-1)).toBe(1);

    const indexes: number[] = [];
    for await (const { index } of client.jobItems(job.id)) indexes.push(index);
    expect(indexes).toEqual(Array.from({ length: 62 }, (_, index) => index));
    for await (const item of client.jobItems(job.id, { state: 'FAILED' })) expect(item.index).toBe(60);
  });

  it('begins one of a JSONL file', async () => {
    const file = new Blob([`{"url":"${images.url('/dog.jpg')}","reference":"the dog"}\n`]);
    const { id } = await client.createJob({ file, taxonomies: ['animals'] });
    await client.waitForJob(id);
    const { value } = await client.jobItems(id).next();
    expect(value).toMatchObject({ reference: 'the dog', state: 'SUCCEEDED' });
  });

  it('says NOT_FOUND of a job that is not there', async () => {
    const none = 'job_00000000000000000000000000';
    await expect(client.waitForJob(none)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(client.jobItems(none).next()).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('stops waiting when its signal is aborted', async () => {
    const { id } = await client.createJob({ images: [images.url('/held.jpg')], taxonomies: ['animals'] });
    const stop = new AbortController();
    const waiting = client.waitForJob(id, {
      signal: stop.signal,
      onProgress: () => stop.abort(new Error('enough')),
    });
    await expect(waiting).rejects.toThrow('enough');
  });
});

it('publish waits for the version, also where the mutation does not', async () => {
  const draft = await tenant.createTaxonomy(['a', 'b', 'c'], { name: 'slow', published: false });
  const states: string[] = [];
  const version = await client.publish(
    { taxonomyId: draft.id, expectedRevision: draft.revision, waitMs: 0 },
    { onProgress: ({ state }) => states.push(state) },
  );
  expect(version).toMatchObject({
    number: 1,
    state: 'READY',
    labelCount: 3,
    progress: { embedded: 3, total: 3 },
  });
  expect(states.at(-1)).toBe('READY');
  const stale = client.publish({ taxonomyId: draft.id, expectedRevision: draft.revision + 7 });
  await expect(stale).rejects.toMatchObject({ code: 'REVISION_CONFLICT', details: { currentRevision: 1 } });
});

it('paginate gives every item of any connection, and fetches no page that is not asked for', async () => {
  for (let index = 0; index < 5; index += 1)
    await tenant.createTaxonomy(['x'], { name: `page ${index}`, published: false });
  let pages = 0;
  const counting = createClient({
    url: app.url,
    key: tenant.key,
    fetch: (...sent) => ((pages += 1), fetch(...sent)),
  });
  const NAMES = typedDocument<
    Pick<Schema.Query, 'taxonomies'>,
    { filter: Schema.TaxonomyFilter; after?: string | null }
  >(`
    query ($filter: TaxonomyFilter, $after: String) {
      taxonomies(first: 2, after: $after, filter: $filter, orderBy: NAME_ASC) {
        nodes { name }
        pageInfo { hasNextPage endCursor }
      }
    }`);
  const list = () =>
    counting.paginate(NAMES, { filter: { nameContains: 'page' } }, (data) => data.taxonomies);
  const names: string[] = [];
  for await (const { name } of list()) names.push(name);
  expect(names).toEqual(['page 0', 'page 1', 'page 2', 'page 3', 'page 4']);
  expect(pages).toBe(3);
  for await (const { name } of list()) if (name === 'page 1') break;
  expect(pages).toBe(4);
});
