import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toUuid } from '../../src/ids.ts';
import { readExample } from '../support/classify.ts';
import { withClient } from '../support/database.ts';
import { createFakeNetwork } from '../support/fake-network.ts';
import { bestOfAnswer, hookClient, post } from '../support/hook-client.ts';
import { until } from '../support/poll.ts';
import { seed, type SeededTenant } from '../support/seed.ts';
import {
  CLOUDINARY_EVENT,
  CONTENTFUL_EVENT,
  CONTENTFUL_REMOVAL,
  S3_EVENT,
} from '../support/sender-events.ts';
import { ssrfForms, TREACHEROUS_NAMES } from '../support/ssrf-forms.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';

const CDN = '93.184.215.14';
const network = createFakeNetwork();
const asked: string[] = [];

let app: TestApp;
let cdn: Server;
let inner: Server;
let innerHits = 0;
let tenant: SeededTenant & { taxonomy: { id: string } };
let hooks: ReturnType<typeof hookClient>;

beforeAll(async () => {
  cdn = await listen((path) => asked.push(path));
  inner = await listen(() => (innerHits += 1));
  app = await startTestApp({}, { network });
  tenant = await seed(app).withTenant('a').withTaxonomy(['cat', 'bicycle']);
  hooks = hookClient(app, tenant.key);
  for (const [name, addresses] of Object.entries(TREACHEROUS_NAMES)) network.names.set(name, addresses);
  for (const name of ['minio.example.com', 'res.cloudinary.example', 'images.ctfassets.example']) {
    network.names.set(name, [CDN]);
  }
  network.servers.set(CDN, (cdn.address() as AddressInfo).port);
});
afterAll(async () => {
  await app.stop();
  for (const server of [cdn, inner]) await new Promise((closed) => server.close(closed));
});

const usual = () => ({ name: 'cms', taxonomyId: tenant.taxonomy.id, scheme: 'BEARER' });
const S3 = {
  preset: 'S3',
  mapping: { url: 'http://minio.example.com/{$.s3.bucket.name}/{$.s3.object.key|decoded}' },
};

describe('a preset', () => {
  it('takes what a bucket sends: an image an object that was made, once however often it comes', async () => {
    const { hook, secret, mappedImages } = await hooks.create({ ...usual(), ...S3, sample: S3_EVENT });
    expect(mappedImages).toEqual([
      {
        url: 'http://minio.example.com/photos/two%20cats(1).jpg',
        reference: 'photos/two cats(1).jpg',
        metadata: {
          bucket: 'photos',
          key: 'two+cats%281%29.jpg',
          eTag: 'abc',
          event: 's3:ObjectCreated:Put',
        },
      },
      expect.objectContaining({ url: 'http://minio.example.com/photos/a/b.png' }),
    ]);
    const send = () =>
      post(app.url + hook!.url, JSON.stringify(S3_EVENT), {
        authorization: `Bearer ${secret}`,
        prefer: 'wait=10',
      });
    const answers = await Promise.all([send(), send()]);
    for (const answer of answers) expect(bestOfAnswer(answer)).toEqual(['cat', 'cat']);
    expect(answers[0].body).toEqual(answers[1].body);
    expect(asked.toSorted()).toEqual(['/photos/a/b.png', '/photos/two%20cats(1).jpg']);
  });

  it.each([
    [
      'CONTENTFUL',
      CONTENTFUL_EVENT,
      'https://images.ctfassets.example/space/5uQk1Y/two-cats.jpg',
      'two-cats.jpg',
    ],
    ['CLOUDINARY', CLOUDINARY_EVENT, 'https://res.cloudinary.example/demo/two-cats.jpg', 'shop/two-cats'],
    ['PLAIN', { url: 'https://a.example/1', reference: 'r' }, 'https://a.example/1', 'r'],
  ])('%s finds its image', async (preset, sample, url, reference) => {
    const { mappedImages, userErrors } = await hooks.create({ ...usual(), preset, sample });
    expect({ mappedImages, userErrors }).toMatchObject({
      mappedImages: [{ url, reference }],
      userErrors: [],
    });
  });

  it('takes an object with the longest name that a bucket may have', async () => {
    const { hook, secret } = await hooks.createOrThrow({ ...usual(), ...S3 });
    const s3 = { bucket: { name: 'photos' }, object: { key: `${'k'.repeat(1_020)}.jpg`, eTag: 'abc' } };
    const answer = await post(app.url + hook.url, JSON.stringify({ Records: [{ s3 }] }), {
      authorization: `Bearer ${secret}`,
      prefer: 'wait=30',
    });
    expect(bestOfAnswer(answer)).toEqual(['cat']);
    expect(answer.body.results[0]!.data['reference']).toBe(`photos/${'k'.repeat(493)}`);
  });

  it('passes over what is about no image', async () => {
    const { hook, secret } = await hooks.createOrThrow({ ...usual(), preset: 'CONTENTFUL' });
    const answer = await post(app.url + hook.url, JSON.stringify(CONTENTFUL_REMOVAL), {
      authorization: `Bearer ${secret}`,
      'content-type': 'application/vnd.contentful.management.v1+json',
    });
    expect([answer.status, answer.body.state]).toEqual([200, 'IGNORED']);
  });
});

describe('a hook', () => {
  it('is what it was told to be, and changes only where it is told to', async () => {
    const { hook } = await hooks.createOrThrow({ ...usual(), topK: 3, minScore: 0.1, version: 1 });
    const fields = `name scheme taxonomy { id } version topK minScore language imagesPerMinute isEnabled hmacHeader { name }
      mapping { images url base64 reference id metadata { name path } }`;
    const read = async () => {
      const query = `query ($id: ID!) { node(id: $id) { ... on InboundHook { ${fields} } } }`;
      return (await app.graphql<{ node: Record<string, unknown> }>(query, { id: hook.id }, tenant.key)).node;
    };
    const made = await read();
    expect(made).toEqual({
      name: 'cms',
      scheme: 'BEARER',
      taxonomy: { id: tenant.taxonomy.id },
      version: 1,
      topK: 3,
      minScore: 0.1,
      language: null,
      imagesPerMinute: 600,
      isEnabled: true,
      hmacHeader: null,
      mapping: {
        images: '$',
        url: '$.url',
        base64: null,
        reference: '$.reference',
        id: '$.id',
        metadata: [],
      },
    });
    await hooks.update({ id: hook.id, name: 'other', version: null });
    expect(await read()).toEqual({ ...made, name: 'other', version: null });
    const sample = { all: [{ u: 'https://a.example/1', kind: 'x' }] };
    const metadata = [{ name: 'kind', path: '$.kind' }];
    const { mappedImages } = await hooks.update({
      id: hook.id,
      mapping: { images: '$.all[*]', url: '$.u', metadata },
      sample,
    });
    expect(mappedImages).toEqual([{ url: 'https://a.example/1', reference: null, metadata: { kind: 'x' } }]);
    expect(await read()).toMatchObject({ mapping: { images: '$.all[*]', url: '$.u', metadata } });
    const { inboundHooks } = await app.graphql<{ inboundHooks: { nodes: { id: string }[] } }>(
      '{ inboundHooks(first: 1) { nodes { id } } }',
      {},
      tenant.key,
    );
    expect(inboundHooks.nodes).toEqual([{ id: hook.id }]);
  });

  it.each<[string, object, string, string[]]>([
    ['no name', { name: '' }, 'INVALID_INPUT', ['name']],
    ['no taxonomy', { taxonomyId: 'nonsense' }, 'NOT_FOUND', ['taxonomyId']],
    ['a version that is not there', { version: 9 }, 'NOT_FOUND', ['version']],
    ['the draft', { version: 0 }, 'NOT_FOUND', ['version']],
    ['too many predictions', { topK: 101 }, 'INVALID_INPUT', ['topK']],
    ['a score above 1', { minScore: 1.1 }, 'INVALID_INPUT', ['minScore']],
    ['no images', { imagesPerMinute: 0 }, 'INVALID_INPUT', ['imagesPerMinute']],
    ['a path that is none', { mapping: { images: 'x' } }, 'INVALID_INPUT', ['mapping', 'images']],
    ['a bucket without a URL', { preset: 'S3' }, 'INVALID_INPUT', ['mapping', 'url']],
    ['two sources', { mapping: { url: '$.a', base64: '$.b' } }, 'INVALID_INPUT', ['mapping', 'url']],
    [
      'a metadata path that is none',
      { mapping: { metadata: [{ name: 'a', path: 'b' }] } },
      'INVALID_INPUT',
      ['mapping', 'metadata', '0', 'path'],
    ],
    ['a header of another scheme', { hmacHeader: { name: 'x' } }, 'INVALID_INPUT', ['hmacHeader']],
    ['a sample without images', { sample: { link: 'https://a.example/1' } }, 'INVALID_INPUT', ['sample']],
  ])('is refused with %s', async (_, wrong, code, path) => {
    const { hook } = await hooks.createOrThrow(usual());
    for (const payload of [
      await hooks.create({ ...usual(), ...wrong }),
      await hooks.update({ id: hook.id, ...wrong }),
    ]) {
      expect(payload).toMatchObject({ hook: null, userErrors: [{ code, path }] });
    }
  });

  it('needs the scope ADMIN', async () => {
    const key = await tenant.createKey('CLASSIFY', 'TAXONOMY_WRITE');
    const query = '{ inboundHooks(first: 1) { nodes { id } } }';
    expect((await app.send({ query, key })).errors[0]!.extensions.code).toBe('FORBIDDEN');
  });
});

it('no message leads inside', async () => {
  const mapping = { images: '$.urls[*]', url: '$' };
  const { hook, secret } = await hooks.createOrThrow({ ...usual(), mapping });
  const { nothing: _, ...forms } = ssrfForms((inner.address() as AddressInfo).port); // no URL is no image
  const all = Object.entries(forms);
  for (let start = 0; start < all.length; start += 100) {
    const some = all.slice(start, start + 100);
    const body = JSON.stringify({ urls: some.map(([, url]) => url) });
    const headers = { authorization: `Bearer ${secret}`, prefer: 'wait=30' };
    const best = bestOfAnswer(await post(app.url + hook.url, body, headers));
    expect(some.map(([what], index) => [what, best[index]])).toEqual(
      some.map(([what]) => [what, 'URL_NOT_ALLOWED']),
    );
  }
  expect(all.length).toBeGreaterThan(50);
  expect(innerHits).toBe(0);
  expect(network.dialled.filter(({ addresses }) => !addresses.includes(CDN))).toEqual([]);
});

it('messages are taken while their tenant has used up its rate, and wait for it', async () => {
  const limited = await seed(app).withTenant('limited').withTaxonomy(['cat']);
  await app.graphql(
    'mutation ($id: ID!) { updateTenant(input: { id: $id, quotas: { imagesPerMinute: 60 } }) { userErrors { code } } }',
    { id: limited.id },
    app.operatorKey,
  );
  const taxonomyId = limited.taxonomy.id;
  const { hook, secret } = await hookClient(app, limited.key).createOrThrow({ ...usual(), taxonomyId });
  const send = (id: number) =>
    post(app.url + hook.url, JSON.stringify({ url: 'http://minio.example.com/late', id }), {
      authorization: `Bearer ${secret}`,
    });
  await withClient(app.database.superuserUrl, async (client) => {
    const whose = [toUuid('tenant', limited.id)];
    await client.query(
      "insert into rate_bucket (tenant_id, subject_id, full_at) values ($1, $1, now() + interval '1 hour')",
      whose,
    );
    const first = await send(1);
    await until('the first to be put off', async () => {
      const sql = `select from pgboss.job_common where name = 'classify-inbound' and start_after > now()`;
      return (await client.query(sql)).rowCount === 1;
    });
    const answers = [first, await send(2)];
    expect(answers.map(({ status, body }) => [status, body.state])).toEqual([
      [202, 'PENDING'],
      [202, 'PENDING'],
    ]);
    await client.query('delete from rate_bucket where tenant_id = $1', whose);
    const ended = await until('the end of both', async () => {
      const query =
        'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on InboundMessage { state failure { code } } } }';
      const ids = answers.map(({ body }) => body.id);
      const { nodes } = await app.graphql<{ nodes: { state: string }[] }>(query, { ids }, limited.key);
      return nodes.every(({ state }) => state !== 'PENDING') && nodes;
    });
    expect(ended).toEqual(answers.map(() => ({ state: 'COMPLETED', failure: null })));
  });
});

async function listen(onRequest: (path: string) => void): Promise<Server> {
  const server = createServer((request, response) => {
    onRequest(request.url!);
    response.end(readExample('two-cats.jpg'));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return server;
}
