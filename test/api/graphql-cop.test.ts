import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { document, json, repeat, type RawRequest } from '../support/malicious/request.ts';
import { seed, type SeededTenant } from '../support/seed.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';

// The probes of the scanner graphql-cop, from their description: each says by what answer it would find something.
// They have a valid key, which a scanner from outside lacks, unless the probe is about what a browser sends by itself.

let app: TestApp;
let tenant: SeededTenant;
beforeAll(async () => {
  app = await startTestApp({ introspection: false });
  tenant = await seed(app).withTenant('cop').alone();
});
afterAll(() => app.stop());

async function probe({ method = 'POST', path = '/graphql', headers, body }: RawRequest) {
  const all = { authorization: `Bearer ${tenant.key}`, 'content-type': 'application/json', ...headers };
  const sent = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== ''));
  const response = await fetch(`${app.url}${path}`, {
    method,
    headers: sent,
    ...(method === 'POST' && body !== undefined && { body }),
  });
  const text = await response.text();
  return { text, json: JSON.parse(text) as Record<string, unknown> };
}

/** What a page of a foreign origin can make a browser send: cookies, and never the Authorization header. */
const BROWSER = { authorization: '', cookie: 'session=x' };
const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
const MUTATION = 'mutation { revokeApiKey(input: { id: "x" }) { userErrors { code } } }';
const QUERY = '{ __typename }';

/** The probe has found something where the answer has data. */
const hasData = (answer: { json: Record<string, unknown> }) =>
  Array.isArray(answer.json) || (answer.json.data !== undefined && answer.json.data !== null);

const PROBES: [string, RawRequest, (answer: { text: string; json: Record<string, unknown> }) => boolean][] = [
  [
    'alias overloading, of __typename',
    document('', `{ ${repeat(101, (i) => `alias${i}: __typename`)} }`),
    hasData,
  ],
  [
    'alias overloading, of a field',
    document('', `{ viewer { ${repeat(101, (i) => `alias${i}: isOperator`)} } }`),
    hasData,
  ],
  ['field duplication', document('', `{ ${repeat(500, () => '__typename')} }`), hasData],
  [
    'directive overloading',
    document('', `{ __typename ${repeat(10, () => '@aa', '')} }`),
    ({ text }) => text.split('@aa').length > 6,
  ],
  ['array-based batching', json('', `[${repeat(10, () => `{"query":"${QUERY}"}`, ',')}]`), hasData],
  ['introspection', document('', '{ __schema { types { name fields { name } } } }'), hasData],
  [
    'circular introspection',
    document(
      '',
      '{ __schema { types { fields { type { fields { type { fields { type { fields { type { name } } } } } } } } } }',
    ),
    hasData,
  ],
  [
    'field suggestions',
    document('', '{ viewr { tenent } taxonomie { id } }'),
    ({ text }) => /did you mean/i.test(text),
  ],
  ['trace mode', document('', QUERY), ({ text }) => /"tracing"|"ftv1"/.test(text)],
  [
    'unhandled errors',
    document('', 'qwerty { abc }'),
    ({ text }) => /exception|stack|node_modules/i.test(text),
  ],
  [
    'a mutation by GET',
    { name: '', method: 'GET', path: `/graphql?query=${encodeURIComponent(MUTATION)}` },
    hasData,
  ],
  [
    'a query by GET, as a browser sends it',
    { name: '', method: 'GET', path: `/graphql?query=${encodeURIComponent(QUERY)}`, headers: BROWSER },
    hasData,
  ],
  [
    'a form by POST, as a browser sends it',
    json('', `query=${encodeURIComponent(QUERY)}`, { ...BROWSER, ...FORM }),
    hasData,
  ],
  ['a form by POST, even with a key', json('', `query=${encodeURIComponent(QUERY)}`, FORM), hasData],
  [
    'JSON as text/plain, even with a key',
    json('', `{"query":"${QUERY}"}`, { 'content-type': 'text/plain' }),
    hasData,
  ],
  [
    'an explorer at the endpoint',
    { name: '', method: 'GET', headers: { accept: 'text/html' } },
    ({ text }) => /<html|graphiql|playground|sandbox/i.test(text),
  ],
];

describe('the probes of graphql-cop find nothing', () => {
  it.each(PROBES)('%s', async (_, request, finds) => {
    const answer = await probe(request);
    expect(finds(answer) ? answer.text.slice(0, 300) : '').toBe('');
  });

  it('and the same client is served what it may ask', async () => {
    expect(hasData(await probe(document('', QUERY)))).toBe(true);
  });
});

describe('TAXOLENS_INTROSPECTION=off', () => {
  it.each(['{ __schema { queryType { name } } }', '{ __type(name: "Query") { name } }'])(
    'refuses %s',
    async (query) => {
      expect((await probe(document('', query))).json).toMatchObject({
        errors: [{ extensions: { code: 'INVALID_INPUT' } }],
      });
    },
  );
});
