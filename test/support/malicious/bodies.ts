import { json, repeat, type RawRequest } from './request.ts';

const QUERY = '{"query":"{ __typename }"}';
const TYPE = 'content-type';
const PREFLIGHT = { 'apollo-require-preflight': '1' };

/** A multipart body with these parts, in their order. */
const form = (name: string, parts: [string, string][], headers: Record<string, string> = PREFLIGHT) => {
  const body = new FormData();
  for (const [part, value] of parts) body.append(part, value);
  return { name, body, headers: { ...headers, [TYPE]: '' } };
};
const OPERATIONS = '{"query":"query ($a: ID!) { node(id: $a) { id } }","variables":{"a":null}}';

/** Requests whose body, headers, method or path is not what the server serves. */
export const MALICIOUS_BODIES: RawRequest[] = [
  json('a batch of 10', `[${repeat(10, () => QUERY, ',')}]`),
  json('an empty batch', '[]'),
  json('half of a JSON text', '{"query":"{ __typename }"'),
  json('null', 'null'),
  json('a string', '"{ __typename }"'),
  json('nothing', ''),
  json('an empty object', '{}'),
  json('brackets 90,000 deep', '['.repeat(90_000)),
  json('a query that is a list', '{"query":["{ __typename }"]}'),
  json('variables that are a list', '{"query":"{ __typename }","variables":[]}'),
  json('extensions that are text', '{"query":"{ __typename }","extensions":"x"}'),
  json('an operation name that is a number', '{"query":"{ __typename }","operationName":1}'),
  json('an operation that is not there', '{"query":"query A { __typename }","operationName":"B"}'),
  json(
    'an automatic persisted query',
    `{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"${'0'.repeat(64)}"}}}`,
  ),
  json('a document that is not registered', `{"documentId":"sha256:${'0'.repeat(64)}"}`),
  json('a document id beside a query', `{"documentId":"x","query":"{ __typename }"}`),
  json('a document id that names a property', '{"documentId":"__proto__"}'),
  json('a body with a prototype', '{"__proto__":{"query":"{ __typename }"}}'),
  json('a body of 150 kB', `{"query":"{ __typename }","variables":{"a":"${'x'.repeat(150_000)}"}}`),
  json('a document of 150 kB', `{"query":"{ ${'a '.repeat(75_000)} }"}`),
  json('a packed body', QUERY, { 'content-encoding': 'gzip' }),
  json('a body in UTF-16', QUERY, { [TYPE]: 'application/json; charset=utf-16' }),
  json('a body that is text', QUERY, { [TYPE]: 'text/plain' }),
  json('a body that is XML', '<!DOCTYPE x [<!ENTITY a "a">]><x>&a;</x>', { [TYPE]: 'application/xml' }),
  json('a query of a form', 'query=%7B__typename%7D', { [TYPE]: 'application/x-www-form-urlencoded' }),
  json('a document alone', '{ __typename }', { [TYPE]: 'application/graphql' }),
  form(
    'a form without a preflight',
    [
      ['operations', OPERATIONS],
      ['map', '{}'],
    ],
    {},
  ),
  form('a form without operations', [['map', '{}']]),
  form('a form with its map first', [
    ['map', '{}'],
    ['operations', OPERATIONS],
  ]),
  form('a form whose operations are no JSON', [
    ['operations', '{'],
    ['map', '{}'],
  ]),
  form('a form with a batch', [
    ['operations', `[${OPERATIONS},${OPERATIONS}]`],
    ['map', '{}'],
  ]),
  form('a form whose map leads to a prototype', [
    ['operations', OPERATIONS],
    ['map', '{"0":["__proto__.x","constructor.prototype.x"]}'],
    ['0', 'x'],
  ]),
  form('a form whose map leads nowhere', [
    ['operations', OPERATIONS],
    ['map', '{"0":["variables.b.c.d"]}'],
    ['0', 'x'],
  ]),
  form('a form whose file is for an id', [
    ['operations', OPERATIONS],
    ['map', '{"0":["variables.a"]}'],
    ['0', 'x'],
  ]),
  form('a form whose file does not come', [
    ['operations', OPERATIONS],
    ['map', '{"0":["variables.a"]}'],
  ]),
  form('a form with 1,000 paths', [
    ['operations', OPERATIONS],
    ['map', `{"0":[${repeat(1_000, () => '"variables.a"', ',')}]}`],
    ['0', 'x'],
  ]),
  {
    name: 'a form without its boundary',
    body: 'x',
    headers: { ...PREFLIGHT, [TYPE]: 'multipart/form-data' },
  },
  {
    name: 'a mutation by GET',
    method: 'GET',
    path: `/graphql?query=${encodeURIComponent('mutation { revokeApiKey(input: { id: "x" }) { userErrors { code } } }')}`,
  },
  {
    name: 'a query by GET without a credential',
    method: 'GET',
    path: '/graphql?query={__typename}',
    headers: { authorization: '' },
  },
  { name: 'a page of a browser', method: 'GET', path: '/graphql', headers: { accept: 'text/html' } },
  {
    name: 'variables of a URL that are no JSON',
    method: 'GET',
    path: '/graphql?query={__typename}&variables={{',
  },
  { name: 'DELETE', method: 'DELETE' },
  { name: 'a path out of the tree', method: 'GET', path: '/..%2f..%2f..%2fetc/passwd' },
  { name: 'a path that is no UTF-8', method: 'GET', path: '/%ff%fe' },
  { name: 'a path of 8 kB', method: 'GET', path: `/${'a'.repeat(8_000)}` },
  json('a credential of 8 kB', QUERY, { authorization: `Bearer ${'x'.repeat(8_000)}` }),
  json('a token that nobody signed', QUERY, {
    authorization: `Bearer txlat_${'e30'.repeat(100)}.${'A'.repeat(43)}`,
  }),
  json('a key that was mistyped', QUERY, { authorization: `Bearer txl_${'0'.repeat(26)}_${'0'.repeat(38)}` }),
  json('a foreign page with a key', QUERY, { origin: 'https://evil.example' }),
];
