import { document, repeat, type RawRequest } from './request.ts';

const nest = (count: number, open: string, core: string, close: string) =>
  open.repeat(count) + core + close.repeat(count);

const fragments = (count: number, spreads: number) =>
  repeat(count, (i) => `fragment f${i} on Viewer { ${repeat(spreads, () => `...f${i + 1}`)} }`);

/** Documents that cost more than they should to parse, validate or execute. */
export const MALICIOUS_DOCUMENTS: RawRequest[] = [
  document('240 aliases of __typename', `{ ${repeat(240, (i) => `a${i}: __typename`)} }`),
  document(
    '31 aliases of a mutation',
    `mutation { ${repeat(31, (i) => `a${i}: revokeApiKey(input: { id: "x" }) { userErrors { code } }`)} }`,
  ),
  document('21 root fields', `{ ${repeat(21, () => 'models { id }')} }`),
  document('501 fields', `{ viewer { ${repeat(501, () => 'scopes')} } }`),
  document('more tokens than are read', `{ ${repeat(5_000, () => '__typename')} }`),
  document('90 kB of white space before an error', `${' '.repeat(90_000)}{ nothing }`),
  document('90 kB of comments', `${'#\n'.repeat(45_000)}{ nothing }`),
  document('90 kB of one name', `{ ${'a'.repeat(90_000)} }`),
  document('90 kB of one string', `{ node(id: "${'a'.repeat(90_000)}") { id } }`),
  document('an open block string', `{ node(id: """${'a\\n'.repeat(20_000)}`),
  document('900 open braces', '{'.repeat(900)),
  document('fields 300 deep', nest(300, '{ viewer ', '{ id }', '}')),
  document('lists 450 deep', `{ nodes(ids: ${nest(450, '[', '"x"', ']')}) { id } }`),
  document(
    'input objects 190 deep',
    `mutation { createTaxonomy(input: ${nest(190, '{ name: ', '1', ' }')}) { taxonomy { id } } }`,
  ),
  document('inline fragments 200 deep', `{ viewer ${nest(200, '{ ... on Viewer ', '{ isOperator }', '}')} }`),
  document('a fragment that spreads itself', '{ viewer { ...a } } fragment a on Viewer { ...a }'),
  document(
    'fragments in a circle',
    `{ viewer { ...f0 } } ${fragments(20, 1)} fragment f20 on Viewer { ...f0 }`,
  ),
  document(
    'fragments that double 30 times',
    `{ viewer { ...f0 } } ${fragments(30, 2)} fragment f30 on Viewer { isOperator }`,
  ),
  document(
    'fragments that grow tenfold',
    `{ viewer { ...f0 } } ${fragments(20, 10)} fragment f20 on Viewer { isOperator }`,
  ),
  document(
    'fields that conflict in every pair',
    `{ viewer { ${repeat(120, (i) => `x: ${i % 2 ? 'scopes' : 'isOperator'}`)} } }`,
  ),
  document('10 directives that do not exist', `{ __typename ${repeat(10, () => '@aa')} }`),
  document('31 directives that do', `{ viewer { isOperator ${repeat(31, () => '@skip(if: false)')} } }`),
  document('@defer and @stream', '{ viewer { ... @defer { scopes } } models @stream { id } }'),
  document(
    'circular introspection',
    `{ __schema { types ${nest(4, '{ fields { type ', '{ name }', '} }')} } }`,
  ),
  document(
    '3 introspections at once',
    `{ ${repeat(3, (i) => `a${i}: __schema { types { name fields { name args { name type { name } } } } }`)} }`,
  ),
  document(
    'pages of pages',
    '{ taxonomies(first: 100) { nodes { versions(first: 100) { nodes { labels(first: 1000) { nodes { key } } } } } } }',
  ),
  document(
    'children of children',
    '{ node(id: "x") { ... on Label { children { children { children { key } } } } } }',
  ),
  document('paths of paths', `{ node(id: "x") { ... on Label { ${nest(6, 'path { ', 'key', ' }')} } } }`),
  document(
    'edges of everything, by alias',
    `{ ${repeat(20, (i) => `a${i}: classifications(first: 100) { edges { node { predictions { path { key } } } } }`)} }`,
  ),
  document('a subscription', 'subscription { taxonomies { id } }'),
  document('two anonymous operations', '{ __typename } { __typename }'),
  document('unknown names, to be told others', '{ viewr { tenent { nam } } taxonomys(frist: 1) { id } }'),
  document(
    '100 unknown fields',
    `{ ${repeat(20, (i) => `x${i}`)} viewer { ${repeat(80, (i) => `y${i}`)} } }`,
  ),
  document(
    'a number that is none',
    '{ classifications(first: 1, filter: { minScore: 1e999 }) { nodes { id } } }',
  ),
  document('a page of -5 in the document', '{ taxonomies(first: -5) { nodes { id } } }'),
  document('a page of 2,000,000,000', '{ taxonomies(first: 2000000000) { nodes { id } } }'),
  document('a page of 10^30', `{ taxonomies(first: 1${'0'.repeat(30)}) { nodes { id } } }`),
  document('NUL in a literal', String.raw`{ taxonomy(by: { name: "\u0000" }) { id } }`),
  document('half a surrogate pair in a literal', String.raw`{ taxonomy(by: { name: "\ud800" }) { id } }`),
];
