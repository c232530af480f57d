import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { toUuid } from '../../src/ids.ts';
import { seed, type SeededTaxonomy, type SeededTenant } from '../support/seed.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';

const MAX_IMAGE_BYTES = 20_000;

let app: TestApp;
let tenant: SeededTenant & { taxonomy: SeededTaxonomy };
beforeAll(async () => {
  app = await startTestApp({ maxImageBytes: MAX_IMAGE_BYTES });
  tenant = await seed(app).withTenant('limits').withTaxonomy(['cat', 'dog']);
});
afterAll(() => app.stop());

const codeOf = async (query: string, variables: Record<string, unknown> = {}) => {
  const { errors } = await app.send({ query, variables, key: tenant.key });
  return errors[0]?.extensions.code ?? 'OK';
};

const repeat = (count: number, write: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => write(i)).join(' ');
/** `{ node { ... taxonomy { latestVersion { taxonomy { ...` of so many levels in all. */
const nested = (depth: number) => {
  const middle = Array.from({ length: depth - 2 }, (_, i) => (i % 2 ? 'taxonomy' : 'latestVersion'));
  return `{ node(id: "x") { ... on Taxonomy { ${middle.join(' { ')} { id ${'} '.repeat(depth - 2)} } } }`;
};

describe('a document', () => {
  it.each([
    ['levels of fields', nested(10), nested(11)],
    [
      'fields at its root',
      `{ ${repeat(20, () => 'viewer { isOperator }')} }`,
      `{ ${repeat(21, () => 'viewer { isOperator }')} }`,
    ],
    [
      'aliases',
      `{ viewer { ${repeat(30, (i) => `a${i}: isOperator`)} } }`,
      `{ viewer { ${repeat(31, (i) => `a${i}: isOperator`)} } }`,
    ],
    [
      'directives',
      `{ viewer { ${repeat(30, () => 'isOperator @skip(if: false)')} } }`,
      `{ viewer { ${repeat(31, () => 'isOperator @skip(if: false)')} } }`,
    ],
    [
      'fields',
      `{ viewer { ${repeat(499, () => 'isOperator')} } }`,
      `{ viewer { ${repeat(500, () => 'isOperator')} } }`,
    ],
    [
      'tokens',
      `mutation { removeLabels(input: { taxonomyId: "x", expectedRevision: 1, keys: [${repeat(950, () => '"k"')}] }) { taxonomy { id } } }`,
      `mutation { removeLabels(input: { taxonomyId: "x", expectedRevision: 1, keys: [${repeat(1_000, () => '"k"')}] }) { taxonomy { id } } }`,
    ],
  ])('may have so many %s and no more', async (_, allowed, refused) => {
    expect(await codeOf(allowed)).toBe('OK');
    expect(await codeOf(refused)).toBe('COST_LIMIT');
  });

  it('counts a fragment wherever it is spread, quickly', async () => {
    const levels = repeat(30, (i) => `fragment f${i} on Viewer { ...f${i + 1} ...f${i + 1} }`);
    const bomb = `{ viewer { ...f0 } } ${levels} fragment f30 on Viewer { isOperator }`;
    const startedAt = performance.now();
    expect(await codeOf(bomb)).toBe('COST_LIMIT');
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    expect(
      await codeOf(
        '{ viewer { ...a } } fragment a on Viewer { ...b ...b } fragment b on Viewer { isOperator }',
      ),
    ).toBe('OK');
  });

  it('that spreads a fragment in itself is refused as such', async () => {
    expect(await codeOf('{ viewer { ...a } } fragment a on Viewer { ...a }')).toBe('INVALID_INPUT');
  });

  it('may introspect', async () => {
    expect(await codeOf(getIntrospectionQuery({ inputValueDeprecation: true, oneOf: true }))).toBe('OK');
  });

  it.each([
    '{ node(id: "\\u0000") { id } }',
    '{ node(id: "\\ud800") { id } }',
    '{ classifications(first: 1, filter: { minScore: 1e999 }) { nodes { id } } }',
  ])('holds no value that cannot be stored: %s', async (query) => {
    expect(await codeOf(query)).toBe('INVALID_INPUT');
  });
});

describe('pages within pages', () => {
  const QUERY = `query ($first: Int = 1) {
    taxonomies(first: $first) { nodes { versions(first: 10) { nodes { labels(first: 1000) { nodes { key } } } } } }
  }`;

  it('may select so much in all, wherever the sizes stand', async () => {
    expect(await codeOf(QUERY)).toBe('OK');
    expect(await codeOf(QUERY, { first: 2 })).toBe('OK');
    expect(await codeOf(QUERY, { first: 100 })).toBe('COST_LIMIT');
    expect(await codeOf(QUERY.replace('= 1', '= 100'))).toBe('COST_LIMIT');
    expect(await codeOf(QUERY.replace('$first) {', '100) {').replace('($first: Int = 1)', ''))).toBe(
      'COST_LIMIT',
    );
  });

  it.each([0, -5, 101])('has no page of %i', async (first) => {
    const query = 'query ($first: Int) { taxonomies(first: $first) { nodes { id } } }';
    expect(await codeOf(query, { first })).toBe('INVALID_INPUT');
  });
});

const withMetadata = (metadata: unknown) => ({
  input: { images: [{ source: { upload: null }, metadata }], taxonomies: [] },
});

describe('variables', () => {
  const QUERY = `mutation ($input: ClassifyImagesInput!) { classifyImages(input: $input) { userErrors { code } } }`;
  const nest = (depth: number): object => (depth === 0 ? {} : { a: nest(depth - 1) });

  it.each([
    ['nesting', withMetadata(nest(13)), 'COST_LIMIT'],
    ['count', { ids: Array.from({ length: 10_000 }, () => 'x') }, 'COST_LIMIT'],
    ['NUL', withMetadata({ a: 'x\0' }), 'INVALID_INPUT'],
    ['NUL in a name', withMetadata({ 'a\0': 1 }), 'INVALID_INPUT'],
    ['half a surrogate pair', withMetadata({ a: '\ud83d' }), 'INVALID_INPUT'],
  ])('are refused for %s', async (_, variables, code) => {
    expect(await codeOf(QUERY, variables)).toBe(code);
  });

  it('are the caller’s to mend however many of them are wrong', async () => {
    expect(await codeOf(QUERY, { input: { images: Array.from({ length: 20 }, () => 1) } })).toBe(
      'INVALID_INPUT',
    );
  });

  it('are refused for a number that no float holds', async () => {
    const body = `{"query":"{ viewer { isOperator } }","variables":{"x":1e999}}`;
    const headers = { authorization: `Bearer ${tenant.key}`, 'content-type': 'application/json' };
    const response = await fetch(`${app.url}/graphql`, { method: 'POST', headers, body });
    expect(await response.text()).toContain('too large for a 64-bit float');
  });

  it('may have lists as long as what they are for, whatever they are called', async () => {
    const keys = Array.from({ length: 1_001 }, (_, index) => `${index}`);
    const remove = `mutation ($constructor: [String!]!) {
      removeLabels(input: { taxonomyId: "x", expectedRevision: 1, keys: $constructor }) { userErrors { code } }
    }`;
    expect(await codeOf(remove, { constructor: keys })).toBe('OK');
    const nodes = 'query ($labels: [ID!]!) { nodes(ids: $labels) { id } }';
    expect(await codeOf(nodes, { labels: keys })).toBe('COST_LIMIT');
  });

  it('pass within the limits, emoji and all', async () => {
    const query = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
    const ids = Array.from({ length: 100 }, (_, index) => `🐈${index}`);
    expect(await codeOf(query, { ids })).toBe('OK');
    expect(await codeOf(query, { ids: [...ids, 'x'] })).toBe('INVALID_INPUT');
  });
});

const large = (name: string) => ({
  input: {
    name,
    labels: Array.from({ length: 3_000 }, (_, index) => ({
      key: `key-${index}`,
      names: [{ language: 'en', text: `name ${index}` }],
    })),
  },
});

describe('a body', () => {
  const CREATE = `mutation ($input: CreateTaxonomyInput!) { createTaxonomy(input: $input) { taxonomy { id } userErrors { code } } }`;
  it('may be large for what brings labels, by who may write them', async () => {
    const { status, errors, data } = await app.send<{ createTaxonomy: { taxonomy: object | null } }>({
      query: CREATE,
      variables: large('large'),
      key: tenant.key,
    });
    expect([status, errors]).toEqual([200, []]);
    expect(data!.createTaxonomy.taxonomy).not.toBeNull();
    const key = await tenant.createKey('TAXONOMY_READ');
    expect((await app.send({ query: CREATE, variables: large('x'), key })).status).toBe(413);
  });

  it.each([
    ['another operation', '{ viewer { isOperator } }'],
    ['a second root field', `${CREATE.slice(0, -1)} revokeApiKey(input: { id: "x" }) { apiKey { id } } }`],
    ['a document that cannot be read', `${CREATE} {`],
    ['a field that is named like one of every object', '{ constructor }'],
  ])('is small for %s', async (_, query) => {
    const { status, errors } = await app.send({ query, variables: large('x'), key: tenant.key });
    expect([status, errors[0]!.extensions.code]).toEqual([413, 'COST_LIMIT']);
  });

  it('ends at 16 MB for all', async () => {
    const variables = { input: { name: 'x', description: 'x'.repeat(16_000_000) } };
    expect((await app.send({ query: CREATE, variables, key: tenant.key })).status).toBe(413);
  });
});

const countOverloads = async () => {
  const text = await (await fetch(`${app.url}/metrics`)).text();
  return Number(/^taxolens_overloads_total (\d+)/m.exec(text)![1]);
};

const images = (count: number) => ({
  images: Array.from({ length: count }, () => ({ source: { upload: null } })),
});

const filesOf = (...files: Uint8Array<ArrayBuffer>[]) =>
  Object.fromEntries(files.map((file, index) => [`variables.images.${index}.source.upload`, file]));

describe('uploads', () => {
  const CLASSIFY = `mutation ($images: [ImageInput!]!) {
    classifyImages(input: { images: $images, taxonomies: [{ by: { name: "animals" } }] }) {
      results { outcomes { __typename ... on ClassificationError { code message } } } userErrors { code }
    }
  }`;
  it('that are too large fail alone', async () => {
    const files = filesOf(
      new Uint8Array(MAX_IMAGE_BYTES + 1),
      new Uint8Array(10),
      new Uint8Array(MAX_IMAGE_BYTES),
    );
    type Data = { classifyImages: { results: { outcomes: { code: string }[] }[] } };
    const { classifyImages } = await app.upload<Data>(CLASSIFY, images(3), files, tenant.key);
    const codes = classifyImages.results.map(({ outcomes }) => outcomes[0]!.code);
    expect(codes[0]).toBe('IMAGE_TOO_LARGE');
    expect(codes.slice(1)).not.toContain('IMAGE_TOO_LARGE');
    const metrics = await (await fetch(`${app.url}/metrics`)).text();
    expect(metrics).toContain('taxolens_classification_outcomes_total{code="IMAGE_TOO_LARGE"} 1');
  });

  it('are at most 100', async () => {
    const files = filesOf(...Array.from({ length: 101 }, () => new Uint8Array(1)));
    const { status, errors } = await app.send({
      query: CLASSIFY,
      variables: images(101),
      files,
      key: tenant.key,
    });
    expect([status, errors[0]!.extensions.code]).toEqual([413, 'COST_LIMIT']);
  });

  it('that the map names and the request lacks are the caller’s to mend', async () => {
    const form = new FormData();
    form.append('operations', JSON.stringify({ query: CLASSIFY, variables: images(1) }));
    form.append('map', JSON.stringify({ 0: ['variables.images.0.source.upload'] }));
    const headers = { authorization: `Bearer ${tenant.key}`, 'apollo-require-preflight': '1' };
    const response = await fetch(`${app.url}/graphql`, { method: 'POST', headers, body: form });
    expect(await response.json()).toMatchObject({
      data: { classifyImages: { userErrors: [{ code: 'INVALID_INPUT' }] } },
    });
  });

  it('are refused before they are read while there is no room', async () => {
    const half = { images: app.services.config.maxQueuedImages / 2, bytes: 1 };
    const place = app.services.inference.admit({ tenantId: toUuid('tenant', tenant.id)!, ...half });
    const overloads = await countOverloads();
    try {
      const refused = await app.send({
        query: CLASSIFY,
        variables: images(1),
        files: filesOf(new Uint8Array(1)),
        key: tenant.key,
      });
      expect([refused.status, refused.errors[0]!.extensions.code]).toEqual([503, 'OVERLOADED']);
      expect(refused.errors[0]!.extensions.retryAfterMs).toBeGreaterThan(0);
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(await countOverloads()).toBe(overloads + 1);
      expect(await codeOf('{ viewer { isOperator } }')).toBe('OK');
    } finally {
      place.release();
    }
  });
});

describe('extensions.cost', () => {
  const costFor = async (query: string, variables: object = {}) => {
    const headers = { authorization: `Bearer ${tenant.key}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ query, variables });
    const response = await fetch(`${app.url}/graphql`, { method: 'POST', headers, body });
    return ((await response.json()) as { extensions: { cost: object } }).extensions.cost;
  };

  it('stands in every answer, those that are refused included', async () => {
    expect(await costFor('{ viewer { isOperator } }')).toEqual({
      requested: 2,
      limit: 100_000,
      remaining: 99_998,
    });
    const tooMuch = 'query ($n: Int) { taxonomies(first: $n) { nodes { id } } }';
    expect(await costFor(tooMuch, { n: 200_000 })).toEqual({
      requested: 200_002,
      limit: 100_000,
      remaining: 0,
    });
    expect(await costFor('{')).toEqual({ requested: 0, limit: 100_000, remaining: 100_000 });
  });
});
