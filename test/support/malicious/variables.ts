import { document, json, repeat, type RawRequest } from './request.ts';

const NODES = 'query ($ids: [ID!]!) { nodes(ids: $ids) { id } }';
const CREATE =
  'mutation ($input: CreateTaxonomyInput!) { createTaxonomy(input: $input) { taxonomy { id } userErrors { code } } }';
const KEYS = 'mutation ($input: RemoveLabelsInput!) { removeLabels(input: $input) { userErrors { code } } }';
const PAGE =
  'query ($first: Int, $after: String) { taxonomies(first: $first, after: $after) { nodes { id } } }';
const CLASSIFY =
  'mutation ($input: ClassifyImagesInput!) { classifyImages(input: $input) { results { outcomes { ... on Classification { predictions { path { key } } } } } userErrors { code } } }';

const withVariables = (name: string, query: string, variables: string) =>
  json(name, `{"query":${JSON.stringify(query)},"variables":${variables}}`);
const nest = (count: number, open: string, core: string, close: string) =>
  open.repeat(count) + core + close.repeat(count);
const image = { source: { base64: 'AAAA' } };

/** Variables that cost more than they should to read, check or use. */
export const MALICIOUS_VARIABLES: RawRequest[] = [
  withVariables('variables 3,000 deep', NODES, `{"ids":${nest(3_000, '{"a":', '1', '}')}}`),
  withVariables('lists 40,000 deep', NODES, `{"ids":${nest(40_000, '[', '1', ']')}}`),
  document('20,000 values', NODES, { ids: Array.from({ length: 20_000 }, () => 'x') }),
  document('1,001 ids', NODES, { ids: Array.from({ length: 1_001 }, () => 'x') }),
  document('101 ids', NODES, { ids: Array.from({ length: 101 }, () => 'x') }),
  document('an id of 90 kB', NODES, { ids: ['x'.repeat(90_000)] }),
  document('9,000 keys of a taxonomy that is not there', KEYS, {
    input: { taxonomyId: 'x', expectedRevision: 1, keys: Array.from({ length: 9_000 }, () => 'k') },
  }),
  document('NUL', CREATE, { input: { name: 'a\0b' } }),
  document('half a surrogate pair', CREATE, { input: { name: 'a\ud83d' } }),
  withVariables('a variable that is no finite number', NODES, '{"ids":[1e999]}'),
  withVariables('a prototype', CREATE, '{"input":{"__proto__":{"name":"x"},"constructor":{"prototype":{}}}}'),
  withVariables('a name that stands twice', CREATE, '{"input":{"name":"a","name":1}}'),
  document('100 unknown variables of another type', NODES, {
    ids: {},
    ...Object.fromEntries(Array.from({ length: 100 }, (_, i) => [`v${i}`, i])),
  }),
  document(
    'a page of 10^9 by variable',
    'query ($n: Int!) { taxonomies(first: $n) { nodes { versions(first: $n) { nodes { id } } } } }',
    { n: 1_000_000_000 },
  ),
  document(
    'a page by default value',
    'query ($n: Int = 100) { taxonomies(first: $n) { nodes { versions(first: $n) { nodes { labels(first: $n) { nodes { key } } } } } } }',
  ),
  document('a page of a fraction', PAGE, { first: 1.5 }),
  document('a page that is text', PAGE, { first: '1' }),
  document('SQL for a cursor', PAGE, { first: 1, after: "'; drop table tenant; --" }),
  document('a cursor of another list', PAGE, {
    first: 1,
    after: Buffer.from('["versions x",1]').toString('base64url'),
  }),
  document('a cursor 5,000 deep', PAGE, {
    first: 1,
    after: Buffer.from(nest(5_000, '[', '1', ']')).toString('base64url'),
  }),
  document('SQL for a name', 'query ($n: String!) { taxonomy(by: { name: $n }) { id } }', {
    n: "x' or '1'='1",
  }),
  document(
    'a pattern that backtracks',
    'query ($n: String!) { taxonomies(first: 1, filter: { nameContains: $n }) { nodes { id } } }',
    { n: '%_'.repeat(4_000) },
  ),
  document('a filter with two choices', 'query ($by: TaxonomyBy!) { taxonomy(by: $by) { id } }', {
    by: { id: 'x', name: 'y' },
  }),
  document('101 images', CLASSIFY, {
    input: { images: Array.from({ length: 101 }, () => image), taxonomies: [{ by: { name: 'x' } }] },
  }),
  document('100 images, 10 taxonomies, 100 predictions', CLASSIFY, {
    input: {
      images: Array.from({ length: 100 }, () => image),
      taxonomies: Array.from({ length: 10 }, () => ({ by: { name: 'x' } })),
      topK: 100,
    },
  }),
  document(
    'a language of 80 kB',
    'query ($l: LanguageTag!) { node(id: "x") { ... on Label { name(language: $l) } } }',
    { l: repeat(20_000, () => 'en', '-') },
  ),
  document(
    'a time in the year 10^9',
    'mutation ($at: DateTime!) { createApiKey(input: { name: "x", scopes: [CLASSIFY], expiresAt: $at }) { userErrors { code } } }',
    { at: '1000000000-01-01T00:00:00Z' },
  ),
  document(
    '9,000 scopes',
    'mutation ($s: [Scope!]!) { createApiKey(input: { name: "x", scopes: $s }) { userErrors { code } } }',
    { s: Array.from({ length: 9_000 }, () => 'ADMIN') },
  ),
];
