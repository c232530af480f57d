import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/start-app.ts';
import { ownTaxonomy, type OwnTaxonomy } from '../support/taxonomy-client.ts';

let app: TestApp;
beforeAll(async () => (app = await startTestApp()));
afterAll(() => app.stop());

const DIFFERENCE = `addedCount removedCount renamedCount movedCount synonymsChangedCount
  descriptionChangedCount orderChanged
  labels(first: 100) { totalCount nodes { key kinds summary before { parentKey } after { names { text } } } }
  addedPromptTemplates { language text } removedPromptTemplates { text }`;

interface Difference {
  addedCount: number;
  orderChanged: boolean;
  labels: { totalCount: number; nodes: { key: string; kinds: string[]; summary: string }[] };
}

async function draftChanges({ client, id }: OwnTaxonomy): Promise<Difference> {
  const query = `query ($id: ID!) { taxonomy(by: { id: $id }) { draft { changes { ${DIFFERENCE} } } } }`;
  const { taxonomy } = await client.query<{ taxonomy: { draft: { changes: Difference } } }>(query, { id });
  return taxonomy.draft.changes;
}

/** Labels in English alone. */
const label = (key: string, text: string, more: Record<string, unknown> = {}) => ({
  key,
  names: [{ language: 'en', text }],
  ...more,
});

async function edited(): Promise<OwnTaxonomy> {
  const templates = [
    { language: 'en', text: 'a {label}' },
    { language: 'en', text: 'the {label}' },
  ];
  const taxonomy = await ownTaxonomy(app, {
    labels: [label('cat', 'Kitty'), label('dog', 'Dog'), label('pet', 'Pet'), label('fly', 'Fly')],
    promptTemplates: templates,
  });
  const { client, id } = taxonomy;
  await client.publish(id);
  await client.edit('upsertLabels', id, {
    labels: [
      label('cat', 'Cat', { parentKey: 'pet' }),
      label('dog', 'Dog', { synonyms: [{ language: 'en', text: 'hound' }], description: 'barks' }),
      label('ant', 'Ant'),
    ],
  });
  await client.edit('removeLabels', id, { keys: ['fly'] });
  await client.edit('setPromptTemplates', id, {
    promptTemplates: [templates[1], { language: 'zh', text: '{label}的图' }],
  });
  return taxonomy;
}

describe('the difference of a draft from the version that was published', () => {
  it('is a readable list of what was added, removed, renamed, moved and said otherwise', async () => {
    expect(await draftChanges(await edited())).toEqual({
      addedCount: 1,
      removedCount: 1,
      renamedCount: 1,
      movedCount: 1,
      synonymsChangedCount: 1,
      descriptionChangedCount: 1,
      orderChanged: false,
      labels: {
        totalCount: 4,
        nodes: [
          {
            key: 'ant',
            kinds: ['ADDED'],
            summary: 'added at the top',
            before: null,
            after: { names: [{ text: 'Ant' }] },
          },
          {
            key: 'cat',
            kinds: ['RENAMED', 'MOVED'],
            summary: "renamed 'Kitty' to 'Cat' (en); moved from the top to 'pet'",
            before: { parentKey: null },
            after: { names: [{ text: 'Cat' }] },
          },
          {
            key: 'dog',
            kinds: ['SYNONYMS_CHANGED', 'DESCRIPTION_CHANGED'],
            summary: "synonyms with 'hound' (en); description changed",
            before: { parentKey: null },
            after: { names: [{ text: 'Dog' }] },
          },
          {
            key: 'fly',
            kinds: ['REMOVED'],
            summary: 'removed from the top',
            before: { parentKey: null },
            after: null,
          },
        ],
      },
      addedPromptTemplates: [{ language: 'zh', text: '{label}的图' }],
      removedPromptTemplates: [{ text: 'a {label}' }],
    });
  });

  it('is everything before the first version, and nothing right after a version', async () => {
    const taxonomy = await ownTaxonomy(app, ['a', 'a>b']);
    expect(await draftChanges(taxonomy)).toMatchObject({ addedCount: 2, labels: { totalCount: 2 } });
    await taxonomy.client.publish(taxonomy.id);
    const none = { addedCount: 0, orderChanged: false, labels: { totalCount: 0, nodes: [] } };
    expect(await draftChanges(taxonomy)).toMatchObject(none);
    await taxonomy.client.edit('upsertLabels', taxonomy.id, {
      labels: [label('c', 'c', { parentKey: 'a' })],
    });
    await taxonomy.client.publish(taxonomy.id);
    await taxonomy.client.edit('moveLabels', taxonomy.id, { keys: ['c'], parentKey: 'a', afterKey: null });
    expect(await draftChanges(taxonomy)).toMatchObject({ ...none, orderChanged: true });
  });
});

describe('the difference of a version from another', () => {
  const query = (
    number: number,
  ) => `query ($id: ID!, $first: Int, $last: Int, $cursor: String, $end: String) {
    taxonomy(by: { id: $id }) { latestVersion { changesSince(number: ${number}) {
      labels(first: $first, last: $last, after: $cursor, before: $end) {
        totalCount nodes { key kinds } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      }
    } } }
  }`;
  interface Page {
    nodes: { key: string; kinds: string[] }[];
    pageInfo: { hasNextPage: boolean; startCursor: string; endCursor: string };
  }
  const read = async ({ client, id }: OwnTaxonomy, variables: Record<string, unknown>): Promise<Page> => {
    const data = await client.query<{
      taxonomy: { latestVersion: { changesSince: { labels: Page } } };
    }>(query(1), { id, ...variables });
    return data.taxonomy.latestVersion.changesSince.labels;
  };

  it('is read in pages, forwards and backwards', async () => {
    const taxonomy = await edited();
    await taxonomy.client.publish(taxonomy.id);
    const one = await read(taxonomy, { first: 3 });
    expect(one.nodes.map(({ key }) => key)).toEqual(['ant', 'cat', 'dog']);
    const two = await read(taxonomy, { first: 3, cursor: one.pageInfo.endCursor });
    expect(two).toMatchObject({ nodes: [{ key: 'fly' }], pageInfo: { hasNextPage: false } });
    const back = await read(taxonomy, { last: 2, end: two.pageInfo.startCursor });
    expect(back.nodes.map(({ key }) => key)).toEqual(['cat', 'dog']);
  });

  it('is NOT_FOUND for a number that there is not, and the draft has none', async () => {
    const taxonomy = await ownTaxonomy(app, ['a']);
    await taxonomy.client.publish(taxonomy.id);
    for (const number of [0, 2]) {
      const { errors } = await app.send({
        query: query(number),
        variables: { id: taxonomy.id, first: 1 },
        key: taxonomy.client.key,
      });
      expect(errors[0]!.extensions.code).toBe('NOT_FOUND');
    }
  });
});
