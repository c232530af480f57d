import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { documentIdOf, loadTrustedDocuments } from '../../src/graphql/trusted-documents.ts';
import { seed, type SeededTenant } from '../support/seed.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';

const WHO = 'query Who { viewer { isOperator tenant { name } } }';
const FIND = 'query Find($id: ID!) { node(id: $id) { id } }';
const CLASSIFY =
  'mutation Classify($input: ClassifyImagesInput!) { classifyImages(input: $input) { userErrors { code } } }';
const MANIFEST = Object.fromEntries([WHO, FIND, CLASSIFY].map((text) => [documentIdOf(text), text]));

const dir = mkdtempSync(join(tmpdir(), 'taxolens-documents-'));
let app: TestApp;
let free: SeededTenant;
let strict: SeededTenant;
beforeAll(async () => {
  writeFileSync(join(dir, 'site.json'), JSON.stringify(MANIFEST));
  app = await startTestApp({ trustedDocumentsDir: dir });
  free = await seed(app).withTenant('free').alone();
  strict = await seed(app).withTenant('strict').alone();
  await setStrict(true);
});
afterAll(async () => {
  await app.stop();
  rmSync(dir, { recursive: true });
});

const setStrict = (on: boolean) =>
  app.graphql(
    `mutation ($input: UpdateTenantInput!) {
      updateTenant(input: $input) { tenant { trustedDocumentsOnly } userErrors { code message } }
    }`,
    { input: { id: strict.id, trustedDocumentsOnly: on } },
    app.operatorKey,
  );

const post = async (body: object | FormData, key: string) => {
  const isForm = body instanceof FormData;
  const response = await fetch(`${app.url}/graphql`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      ...(isForm ? { 'apollo-require-preflight': '1' } : { 'content-type': 'application/json' }),
    },
    body: isForm ? body : JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};

const refusal = (code: string) => ({ errors: [{ extensions: { code } }] });

describe('a registered document', () => {
  it('is executed by its id, with its variables', async () => {
    const answer = await post({ documentId: documentIdOf(FIND), variables: { id: strict.id } }, strict.key);
    expect(answer).toMatchObject({ status: 200, body: { data: { node: { id: strict.id } } } });
    expect(await post({ documentId: documentIdOf(WHO) }, free.key)).toMatchObject({
      body: { data: { viewer: { tenant: { name: 'free' } } } },
    });
  });

  it('is executed by GET and in a form too', async () => {
    const search = new URLSearchParams({ documentId: documentIdOf(WHO) });
    const headers = { authorization: `Bearer ${strict.key}` };
    const response = await fetch(`${app.url}/graphql?${search}`, { headers });
    expect(await response.json()).toMatchObject({ data: { viewer: { tenant: { name: 'strict' } } } });
    const form = new FormData();
    form.append('operations', JSON.stringify({ documentId: documentIdOf(WHO) }));
    form.append('map', '{}');
    expect(await post(form, strict.key)).toMatchObject({ status: 200 });
  });

  it('may have as much beside its files as any other, where it is for images', async () => {
    const send = async (body: object) => {
      const form = new FormData();
      const metadata = { text: 'x'.repeat(150_000) };
      const input = { images: [{ source: { base64: '' }, metadata }], taxonomies: [] };
      form.append('operations', JSON.stringify({ ...body, variables: { input } }));
      form.append('map', '{}');
      return (await post(form, strict.key)).status;
    };
    expect(await send({ documentId: documentIdOf(CLASSIFY) })).toBe(200);
    expect(await send({ documentId: documentIdOf(WHO) })).toBe(413);
    expect(await send({ query: CLASSIFY })).toBe(403); // judged before anything parses it
  });

  it('that is not there is not found', async () => {
    const answer = await post({ documentId: documentIdOf('{ other }') }, free.key);
    expect(answer).toMatchObject({ status: 400, body: refusal('NOT_FOUND') });
  });

  it.each([{ documentId: documentIdOf(WHO), query: WHO }, { documentId: 1 }, { documentId: null }, {}])(
    'comes alone, as text: %j',
    async (body) => {
      expect(await post(body, free.key)).toMatchObject({ status: 400, body: refusal('INVALID_INPUT') });
    },
  );
});

describe('a tenant that trusts registered documents only', () => {
  it.each([
    ['the text of a registered document', WHO],
    ['another text', '{ viewer { isOperator } }'],
    ['what cannot be parsed, before anything tries', '{'],
    ['what would cost too much to parse', '{'.repeat(50_000)],
  ])('refuses %s', async (_, query) => {
    expect(await post({ query }, strict.key)).toMatchObject({ status: 403, body: refusal('FORBIDDEN') });
  });

  it('refuses a token of its keys, GET and forms all the same', async () => {
    await setStrict(false);
    const { createAccessToken } = await app.graphql<{ createAccessToken: { token: string } }>(
      'mutation { createAccessToken(input: { scopes: [CLASSIFY], ttlSeconds: 60, origins: ["https://a.example"] }) { token } }',
      {},
      strict.key,
    );
    await setStrict(true);
    expect((await post({ query: WHO }, createAccessToken.token)).status).toBe(403);
    const headers = { authorization: `Bearer ${strict.key}` };
    expect((await fetch(`${app.url}/graphql?query={__typename}`, { headers })).status).toBe(403);
    const form = new FormData();
    form.append('operations', JSON.stringify({ query: WHO }));
    form.append('map', '{}');
    expect((await post(form, strict.key)).status).toBe(403);
  });

  it('is free again with the next request when the operator switches it off', async () => {
    await setStrict(false);
    expect((await post({ query: WHO }, strict.key)).status).toBe(200);
    await setStrict(true);
    expect((await post({ query: WHO }, strict.key)).status).toBe(403);
  });

  it('binds no other tenant', async () => {
    expect((await post({ query: WHO }, free.key)).status).toBe(200);
  });
});

describe('a manifest', () => {
  it.each([
    ['whose id is not the hash of its text', JSON.stringify({ [documentIdOf(WHO)]: FIND })],
    ['that is no JSON', '{'],
    ['that is a list', JSON.stringify([WHO])],
  ])('%s is a mistake of the configuration that names the file', (_, text) => {
    const wrong = mkdtempSync(join(tmpdir(), 'taxolens-documents-'));
    writeFileSync(join(wrong, 'wrong.json'), text);
    expect(() => loadTrustedDocuments(wrong)).toThrow('wrong.json');
    rmSync(wrong, { recursive: true });
  });

  it('lies in a directory that is there', () => {
    expect(() => loadTrustedDocuments(join(dir, 'nothing'))).toThrow('cannot be read');
  });
});
