import {
  buildSchema,
  getIntrospectionQuery,
  getNamedType,
  getNullableType,
  getOperationAST,
  isCompositeType,
  isListType,
  isObjectType,
  parse,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { costOfOperation } from '../../../src/graphql/operation-cost.ts';
import { readSchema } from '../../../src/graphql/schema.ts';
import { LIST_SIZES, MAX_OPERATION_COST } from '../../../src/limits.ts';

const schema = buildSchema(readSchema().join('\n'));

const costOf = (query: string, variables: Record<string, unknown> = {}) => {
  const document = parse(query);
  return costOfOperation({ schema, document, operation: getOperationAST(document)!, variables });
};

describe('the cost of an operation', () => {
  it.each([
    ['{ viewer { isOperator } }', 2],
    ['{ viewer { ...a } } fragment a on Viewer { isOperator scopes }', 3],
    ['{ viewer { ... on Viewer { isOperator } ... { scopes } } }', 3],
    // A page: itself, what stands once in it, and its items.
    [
      '{ taxonomies(first: 10) { totalCount pageInfo { hasNextPage } nodes { id name } } }',
      1 + 1 + 2 + (1 + 10 * 2),
    ],
    ['query ($n: Int = 10) { taxonomies(last: $n) { nodes { id } } }', 1 + (1 + 10)],
    ['query ($ids: [ID!] = ["a", "b"]) { nodes(ids: $ids) { id } }', 1 + 2],
    // Lists without `first`: their own bound.
    ['{ models { id } }', 1 + 10],
    ['{ node(id: "x") { ... on Label { names { text } } } }', 1 + 1 + 10],
    ['{ node(id: "x") { ... on Label { path { key name } } } }', 1 + 1 + 10],
    ['{ node(id: "x") { ... on Classification { predictions { score } } } }', 1 + 1 + 100],
    ['{ node(id: "x") { ... on Classification { predictions(first: 3) { score } } } }', 1 + 1 + 3],
    ['{ __typename }', 1],
  ])('%s', (query, cost) => {
    expect(costOf(query)).toBe(cost);
  });

  it('counts images, taxonomies and predictions as the input says, in the document and in variables', () => {
    const fields = '{ results { outcomes { ... on Classification { predictions { score } } } } }';
    const each = 1 + 3 * (1 + 2 * (1 + 4 * 1));
    const input = { images: [{}, {}, {}], taxonomies: [{}, {}], topK: 4 };
    const query = `mutation ($input: ClassifyImagesInput!) { classifyImages(input: $input) ${fields} }`;
    expect(costOf(query, { input })).toBe(1 + each);
    const literal = 'images: [{}, {}, {}], taxonomies: [{}, {}], topK: 4';
    expect(costOf(`mutation { classifyImages(input: { ${literal} }) ${fields} }`)).toBe(1 + each);
    const parts = `mutation ($i: [ImageInput!]!) { classifyImages(input: { images: $i, taxonomies: [{}, {}], topK: 4 }) ${fields} }`;
    expect(costOf(parts, { i: [{}, {}, {}] })).toBe(1 + each);
  });

  it('knows the size of every list of objects that is no page', () => {
    const unknown = Object.values(schema.getTypeMap())
      .filter(
        (type) => isObjectType(type) && !type.name.startsWith('__') && !type.name.endsWith('Connection'),
      )
      .flatMap((type) =>
        Object.values(isObjectType(type) ? type.getFields() : {})
          .filter(
            (field) => isListType(getNullableType(field.type)) && isCompositeType(getNamedType(field.type)),
          )
          .filter(
            ({ args }) =>
              !args.some(({ name, defaultValue }) => name === 'ids' || (name === 'first' && defaultValue)),
          )
          .filter((field) => !LIST_SIZES[`${type.name}.${field.name}`] && !LIST_SIZES[field.name])
          .map((field) => `${type.name}.${field.name}`),
      );
    expect(unknown).toEqual([]);
  });
});

const LABELS = `id key name description synonyms { language text } names { language text }
  parent { key } path { key }`;

describe('what people ask for', () => {
  it.each([
    ['the introspection of an explorer', getIntrospectionQuery({ inputValueDeprecation: true }), {}],
    [
      'a page of 1,000 labels with names, synonyms and paths',
      `query ($id: ID!) { node(id: $id) { ... on TaxonomyVersion { labels(first: 1000) { totalCount pageInfo { endCursor } nodes { ${LABELS} } } } } }`,
      {},
    ],
    [
      'a page of 100 classifications with their predictions',
      '{ classifications(first: 100) { nodes { id top { name } predictions(first: 5) { name score label { key } path { key } } } } }',
      {},
    ],
    [
      '100 images against a taxonomy',
      `mutation ($input: ClassifyImagesInput!) { classifyImages(input: $input) {
        results { index reference image { sha256 width height } outcomes {
          ... on ClassificationError { code message }
          ... on Classification { id taxonomyVersion { number } predictions { name score label { key } path { key } } timing { totalMs } }
        } } userErrors { code message path } } }`,
      { input: { images: Array.from({ length: 100 }, () => ({})), taxonomies: [{}], topK: 10 } },
    ],
  ])('is served: %s', (_, query, variables) => {
    expect(costOf(query, variables)).toBeLessThanOrEqual(MAX_OPERATION_COST);
  });
});
