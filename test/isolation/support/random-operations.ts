import { readExample } from '../../support/classify.ts';

/** One operation as it goes over the wire: sent again, it is the same bytes. */
export interface Operation {
  query: string;
  variables: Record<string, unknown>;
  /** Pictures for `variables.input.images`, in order. */
  images: string[];
}

type Integer = (below: number) => number;

const NAMES = ['animals', 'fruit', 'vehicles', 'shared', 'sizes'];
const KEYS = ['cat', 'dog', 'tiger', 'apple', 'car', 'small', 'large', 'red'];
const PICTURES = ['one-cat.png', 'apple.jpg', 'penguin.webp'];
const IDEMPOTENCY_KEYS = ['first', 'second', 'third', 'fourth'];
const TAXONOMY = 'taxonomy { id name archivedAt updatedAt draft { revision labelCount } }';
const ERRORS = 'userErrors { code message path }';

/** What a tenant has learnt from its answers, and what of the other tenant it tries. */
export class Memory {
  readonly ids = new Set<string>();
  readonly revisions = new Map<string, number>();
  readonly cursors = new Set<string>();

  /** Notes every id, revision and cursor of an answer. */
  learn(answer: string): void {
    for (const [id] of answer.matchAll(/\b[a-z]+_[0-9a-z]{26}\b/g)) this.ids.add(id);
    for (const [, cursor] of answer.matchAll(/"endCursor":"([^"]+)"/g)) this.cursors.add(cursor!);
    for (const [, id, revision] of answer.matchAll(
      /"id":"(taxonomy_\w+)"[^{}]*"draft":\{"revision":(\d+)/g,
    )) {
      this.revisions.set(id!, Number(revision));
    }
  }
}

/** Every kind of operation that a tenant has, in the order of no importance: [how often, how to make one]. */
export function randomOperation(own: Memory, foreign: Memory | null, integer: Integer): Operation {
  const pick = <T>(items: Iterable<T>): T | undefined => {
    const list = [...items];
    return list[integer(Math.max(1, list.length))];
  };
  const isStray = foreign !== null && integer(5) === 0;
  const memory = isStray ? foreign : own;
  const taxonomyId = () => pick(memory.revisions.keys()) ?? 'taxonomy_01h2xcejqtf2nbrexx3vqjhp41';
  const anyId = () => pick(memory.ids) ?? 'nonsense';
  const labels = () =>
    Array.from({ length: 1 + integer(3) }, () => ({
      key: pick(KEYS),
      names: [{ language: 'en', text: pick(KEYS) }],
    }));
  const edit = (field: string, rest: Record<string, unknown>, selection = TAXONOMY): Operation => {
    const id = taxonomyId();
    const expectedRevision = integer(8) === 0 ? 1 : (memory.revisions.get(id) ?? 1);
    return mutation(field, { taxonomyId: id, expectedRevision, ...rest }, selection);
  };
  const page = () => ({
    first: 1 + integer(4),
    after: integer(2) === 0 ? (pick(memory.cursors) ?? null) : null,
  });

  const kinds: [number, () => Operation][] = [
    [4, () => mutation('createTaxonomy', { name: pick(NAMES), labels: labels() }, TAXONOMY)],
    [12, () => edit('upsertLabels', { labels: labels() })],
    [4, () => edit('removeLabels', { keys: [pick(KEYS)] })],
    [4, () => edit('moveLabels', { keys: [pick(KEYS)], parentKey: pick([null, ...KEYS]), afterKey: null })],
    [
      2,
      () =>
        edit('setPromptTemplates', {
          promptTemplates: [{ language: 'en', text: `a ${pick(KEYS)} {label}` }],
        }),
    ],
    [
      3,
      () =>
        edit(
          'publishTaxonomy',
          {},
          `${TAXONOMY} embeddedPrompts cachedPrompts version { id number state promptLanguages publishedAt labelCount }`,
        ),
    ],
    [1, () => mutation('archiveTaxonomy', { id: taxonomyId(), expectedRevision: 1 }, TAXONOMY)],
    [
      1,
      () =>
        mutation('createApiKey', { name: pick(NAMES), scopes: ['CLASSIFY'] }, 'apiKey { id name createdAt }'),
    ],
    [1, () => mutation('revokeApiKey', { id: anyId() }, 'apiKey { id revokedAt }')],
    [
      1,
      () =>
        mutation(
          'updateTenant',
          { retention: { classificationsDays: 1 + integer(9) } },
          'tenant { id retention { classificationsDays } }',
        ),
    ],
    [14, () => classifyOperation()],
    [
      10,
      () =>
        query(
          `query ($id: ID!) { node(id: $id) { __typename id ... on Taxonomy { name } ... on Label { key names { text } } } }`,
          { id: anyId() },
        ),
    ],
    [
      5,
      () =>
        query(`query ($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }`, {
          ids: [anyId(), anyId(), anyId()],
        }),
    ],
    [
      10,
      () =>
        query(
          `query ($first: Int!, $after: String) { taxonomies(first: $first, after: $after) {
      totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } nodes { id name draft { revision labelCount } latestVersion { number labelCount } } } }`,
          page(),
        ),
    ],
    [
      10,
      () =>
        query(
          `query ($first: Int!, $after: String) { classifications(first: $first, after: $after) {
      pageInfo { hasNextPage endCursor } nodes { id createdAt reference top { score label { key } } taxonomyVersion { number } } } }`,
          page(),
        ),
    ],
    [
      4,
      () =>
        query(
          `query ($first: Int!, $after: String) { apiKeys(first: $first, after: $after) {
      pageInfo { hasNextPage endCursor } nodes { id name createdAt lastUsedAt revokedAt } } }`,
          page(),
        ),
    ],
    [
      6,
      () =>
        query(
          `query ($name: String!) { taxonomy(by: { name: $name }) { id name draft { revision labels(first: 20) {
      totalCount pageInfo { endCursor } nodes { id key parent { key } } } } latestVersion { id number } } }`,
          { name: pick(NAMES) },
        ),
    ],
    [
      4,
      () =>
        query(
          `query ($id: ID!) { taxonomy(by: { id: $id }) { id name latestVersion { id labels(first: 9) { nodes { id key } } } } }`,
          { id: anyId() },
        ),
    ],
    [
      3,
      () =>
        query(
          `{ tenant { id name createdAt usage { imagesThisMonth classificationsThisMonth imagesLeftNow resetsAt } } viewer { scopes } }`,
          {},
        ),
    ],
    [1, () => query(`{ taxonomies(first: 1) { nodes { nothing } } }`, {})],
  ];

  function classifyOperation(): Operation {
    const images = Array.from({ length: 1 + integer(2) }, () => pick(PICTURES)!);
    const by = integer(3) === 0 ? { id: taxonomyId() } : { name: integer(2) === 0 ? 'animals' : pick(NAMES) };
    const idempotencyKey = integer(3) === 0 ? pick(IDEMPOTENCY_KEYS) : null;
    const input = {
      images: images.map((reference) => ({ source: { upload: null }, reference })),
      taxonomies: [{ by }],
      topK: 1 + integer(3),
      idempotencyKey,
    };
    const selection = `results { index reference image { sha256 width } outcomes { __typename
      ... on ClassificationError { code message }
      ... on Classification { id createdAt model { revision } predictions { label { id key } score similarity } } } }`;
    return { ...mutation('classifyImages', input, selection), images };
  }

  let turn = integer(kinds.reduce((sum, [weight]) => sum + weight, 0));
  return kinds.find(([weight]) => (turn -= weight) < 0)![1]();
}

function query(text: string, variables: Record<string, unknown>): Operation {
  return { query: text, variables, images: [] };
}

function mutation(field: string, input: Record<string, unknown>, selection: string): Operation {
  const type = `${field[0]!.toUpperCase()}${field.slice(1)}Input!`;
  return query(`mutation ($input: ${type}) { ${field}(input: $input) { ${selection} ${ERRORS} } }`, {
    input,
  });
}

/** Sends an operation; gives status, time to retry and body as they came. */
export async function sendOperation(
  url: string,
  { query: text, variables, images }: Operation,
  { key, requestId }: { key: string; requestId: string },
): Promise<string> {
  const headers: Record<string, string> = { authorization: `Bearer ${key}`, 'x-request-id': requestId };
  const operations = JSON.stringify({ query: text, variables });
  let body: string | FormData = operations;
  if (images.length === 0) headers['content-type'] = 'application/json';
  else {
    headers['apollo-require-preflight'] = 'true';
    body = new FormData();
    body.append('operations', operations);
    body.append(
      'map',
      JSON.stringify(
        Object.fromEntries(images.map((_, i) => [i, [`variables.input.images.${i}.source.upload`]])),
      ),
    );
    for (const [i, name] of images.entries()) body.append(String(i), new Blob([readExample(name)]), name);
  }
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body });
  return `${response.status} ${response.headers.get('retry-after')}\n${await response.text()}`;
}
