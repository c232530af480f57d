import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bestOf, classifySources, readExample } from '../support/classify.ts';
import { seed, type SeededTenant } from '../support/seed.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';

const twoCats = Buffer.from(readExample('two-cats.jpg'));
const base64 = twoCats.toString('base64');

let app: TestApp;
let tenant: SeededTenant;
beforeAll(async () => {
  app = await startTestApp();
  tenant = await seed(app).withTenant('a').withTaxonomy(['cat', 'bicycle']);
});
afterAll(() => app.stop());

const send = (sources: object[], key = tenant.key) => classifySources(app, { key, sources });

describe('an image in base64', () => {
  it('is classified as if it had been uploaded, plain or as a data URL', async () => {
    const { payload } = await send([{ base64 }, { base64: `data:image/png;base64,${base64}` }]);
    expect(bestOf(payload)).toEqual([['cat'], ['cat']]);
    expect(payload!.results[1]!.image).toMatchObject({ format: 'JPEG', sizeBytes: twoCats.length });
  });

  it('fails alone where it is none, or has too many bytes', async () => {
    const tooLarge = Buffer.alloc(app.services.config.maxImageBytes + 1).toString('base64');
    const { payload } = await send([
      { base64: 'not*base64' },
      { base64: '' },
      { base64: tooLarge },
      { base64 },
    ]);
    expect(bestOf(payload)).toEqual([['IMAGE_CORRUPT'], ['IMAGE_CORRUPT'], ['IMAGE_TOO_LARGE'], ['cat']]);
    expect(payload!.results[0]!.outcomes[0]!.message).toContain('position 3');
  });

  it('comes from exactly one source', async () => {
    const { status, errors } = await send([{ base64, url: 'http://cdn.example.com/' }]);
    expect([status, errors[0]!.extensions.code]).toEqual([200, 'INVALID_INPUT']);
  });

  it('may have as many bytes as any other', async () => {
    const noise = randomBytes(app.services.config.maxImageBytes).toString('base64');
    expect(bestOf((await send([{ base64: noise }])).payload)).toEqual([['IMAGE_UNSUPPORTED']]);
  });
});

describe('a body with images', () => {
  const large = 'A'.repeat(200_000);

  it('may be large for who may classify, and for images only', async () => {
    const classify = await tenant.createKey('CLASSIFY');
    expect((await send([{ base64: large }], classify)).status).toBe(200);
    const read = await tenant.createKey('TAXONOMY_READ');
    expect((await send([{ base64: large }], read)).status).toBe(413);
    const query = 'query ($x: String) { viewer { isOperator } }';
    const other = await app.send({ query, variables: { x: large }, key: classify });
    expect([other.status, other.errors[0]!.extensions.code]).toEqual([413, 'COST_LIMIT']);
  });

  it('brings them in variables: a large document is refused before it is parsed', async () => {
    const query = `mutation { classifyImages(input: { images: [{ source: { base64: "${large}" } }], taxonomies: [{ by: { name: "animals" } }] }) { results { index } } }`;
    const { status, errors } = await app.send({ query, key: tenant.key });
    expect([status, errors[0]!.extensions.code]).toEqual([413, 'COST_LIMIT']);
  });

  it('ends at 30 MB', async () => {
    expect((await send([{ base64: 'A'.repeat(30_000_000) }])).status).toBe(413);
  });

  it('is refused before it is read while there is no room for images', async () => {
    const classify = await tenant.createKey('CLASSIFY');
    const { inference, config } = app.services;
    const half = { images: config.maxQueuedImages / 2, bytes: 1 };
    const places = ['b', 'c'].map((tenantId) => inference.admit({ tenantId, ...half }));
    try {
      const { status, errors } = await send([{ base64: large }], classify);
      expect([status, errors[0]!.extensions.code]).toEqual([503, 'OVERLOADED']);
    } finally {
      for (const place of places) place.release();
    }
    expect((await send([{ base64: large }], classify)).status).toBe(200);
  });
});
