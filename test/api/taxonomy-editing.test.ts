import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ListTree, randomEdit, seededInteger, type TreeEdit } from '../support/list-tree.ts';
import { startTestApp, type TestApp } from '../support/start-app.ts';
import { ownTaxonomy, toLabelInputs, type Payload } from '../support/taxonomy-client.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.stop());

describe('edits of a draft', () => {
  it('add labels and replace those that are there', async () => {
    const { client, id } = await ownTaxonomy(app, ['cat', 'dog']);
    const labels = [
      ...toLabelInputs('pet'),
      {
        key: 'cat',
        parentKey: 'pet',
        names: [{ language: 'zh', text: '猫' }],
        synonyms: [{ language: 'zh', text: '咪' }],
      },
    ];
    const { taxonomy } = await client.edit('upsertLabels', id, { labels });
    expect(taxonomy!.draft).toEqual({ revision: 2, labelCount: 3 });
    expect(await client.draftLabels(id)).toEqual(['dog', 'pet', 'pet>cat']);
    const names =
      'query ($id: ID!) { taxonomy(by: { id: $id }) { draft { labels(last: 1) { nodes { names { text } synonyms { text } } } } } }';
    const nodes = [{ names: [{ text: '猫' }], synonyms: [{ text: '咪' }] }];
    expect(await client.query(names, { id })).toEqual({ taxonomy: { draft: { labels: { nodes } } } });
  });

  it('are refused at a stale revision, naming the current one', async () => {
    const { client, id } = await ownTaxonomy(app, ['cat']);
    await client.edit('upsertLabels', id, { labels: toLabelInputs('dog') });
    const stale = { taxonomyId: id, expectedRevision: 1, keys: ['cat'] };
    const { taxonomy, userErrors } = await client.mutate('removeLabels', stale);
    expect(taxonomy).toBeNull();
    expect(userErrors[0]).toMatchObject({
      code: 'REVISION_CONFLICT',
      message: expect.stringContaining('at revision 2, not 1'),
      path: ['expectedRevision'],
      details: { currentRevision: 2, expectedRevision: 1 },
    });
    const absent = { ...stale, expectedRevision: 2, keys: ['bird'] };
    expect((await client.mutate('removeLabels', absent)).userErrors[0]!.details).toBeNull();
  });

  it('never lose one another: of 20 at once exactly one wins', async () => {
    const { client, id } = await ownTaxonomy(app, ['cat']);
    const edits = Array.from({ length: 20 }, (_, i) =>
      client.mutate('upsertLabels', {
        taxonomyId: id,
        expectedRevision: 1,
        labels: toLabelInputs(`label ${i}`),
      }),
    );
    const payloads: Payload[] = await Promise.all(edits);
    const won = payloads.filter(({ taxonomy }) => taxonomy !== null);
    expect(won).toHaveLength(1);
    const refused = payloads.filter(({ userErrors }) => userErrors[0]?.code === 'REVISION_CONFLICT');
    expect(refused).toHaveLength(19);
    expect(await client.draftLabels(id)).toHaveLength(2);
  });

  it('refuse a cycle and show it', async () => {
    const { client, id } = await ownTaxonomy(app, ['a', 'a>b', 'b>c']);
    const input = { taxonomyId: id, expectedRevision: 1, labels: toLabelInputs('c>a') };
    const { userErrors } = await client.mutate('upsertLabels', input);
    expect(userErrors[0]).toMatchObject({ code: 'LABEL_CYCLE', path: ['labels', '0', 'parentKey'] });
    expect(userErrors[0]!.message).toContain('a -> c -> b -> a');
    const move = { taxonomyId: id, expectedRevision: 1, keys: ['a'], parentKey: 'b' };
    expect((await client.mutate('moveLabels', move)).userErrors[0]!.code).toBe('LABEL_CYCLE');
  });

  it('remove labels with everything below them', async () => {
    const { client, id } = await ownTaxonomy(app, ['a', 'a>b', 'b>c', 'd']);
    expect(await client.edit('removeLabels', id, { keys: ['a'] })).toMatchObject({ removedCount: 3 });
    expect(await client.draftLabels(id)).toEqual(['d']);
    const absent = { taxonomyId: id, expectedRevision: 2, keys: ['d', 'a'] };
    expect((await client.mutate('removeLabels', absent)).userErrors[0]!.path).toEqual(['keys', '1']);
  });

  it('move labels with everything below them', async () => {
    const { client, id } = await ownTaxonomy(app, ['a', 'a>b', 'b>c', 'd', 'e']);
    await client.edit('moveLabels', id, { keys: ['e', 'b'], afterKey: 'a' });
    expect(await client.draftLabels(id)).toEqual(['a', 'e', 'b', 'b>c', 'd']);
    await client.edit('moveLabels', id, { keys: ['d'], parentKey: 'b' });
    expect(await client.draftLabels(id)).toEqual(['a', 'e', 'b', 'b>d', 'b>c']);
  });

  it('replace the prompt templates, in order', async () => {
    const { client, id } = await ownTaxonomy(app, ['a']);
    const promptTemplates = [
      { language: 'zh', text: '一张{label}的照片' },
      { language: 'en', text: 'b {label}' },
      { language: 'en', text: 'a {label}' },
    ];
    await client.edit('setPromptTemplates', id, { promptTemplates });
    const query = 'query ($id: ID!) { taxonomy(by: { id: $id }) { draft { promptTemplates { text } } } }';
    const texts = ['b {label}', 'a {label}', '一张{label}的照片'].map((text) => ({ text }));
    expect(await client.query(query, { id })).toEqual({ taxonomy: { draft: { promptTemplates: texts } } });
  });

  it('answer NOT_FOUND for an id that is malformed, absent or of another tenant', async () => {
    const { client } = await ownTaxonomy(app);
    const other = await ownTaxonomy(app);
    for (const taxonomyId of ['taxonomy_x', 'taxonomy_01h455vb4pex5vsknk084sn02q', other.id]) {
      const input = { taxonomyId, expectedRevision: 1, keys: ['a'] };
      expect((await client.mutate('removeLabels', input)).userErrors).toEqual([
        { code: 'NOT_FOUND', message: 'There is no such taxonomy.', path: ['taxonomyId'], details: null },
      ]);
    }
  });

  it('name the field of the input that holds the id', async () => {
    const { client } = await ownTaxonomy(app);
    for (const id of ['taxonomy_x', 'taxonomy_01h455vb4pex5vsknk084sn02q']) {
      const { userErrors } = await client.mutate('archiveTaxonomy', { id, expectedRevision: 1 });
      expect(userErrors[0]).toMatchObject({ code: 'NOT_FOUND', path: ['id'] });
    }
  });

  it('one after the other in one request see what the one before did', async () => {
    const { client, id } = await ownTaxonomy(app, ['a']);
    const query = `mutation ($id: ID!) {
      one: removeLabels(input: { taxonomyId: $id, expectedRevision: 1, keys: ["a"] }) { taxonomy { draft { labelCount } } }
      two: upsertLabels(input: { taxonomyId: $id, expectedRevision: 2, labels: [{ key: "b", names: [{ language: "en", text: "b" }] }] }) {
        taxonomy { draft { labelCount labels(first: 5) { nodes { key } } } }
      }
    }`;
    expect(await client.query(query, { id })).toEqual({
      one: { taxonomy: { draft: { labelCount: 0 } } },
      two: { taxonomy: { draft: { labelCount: 1, labels: { nodes: [{ key: 'b' }] } } } },
    });
  });
});

/** The mutation that does an edit, and its input. */
function toMutation(edit: TreeEdit): [field: string, input: Record<string, unknown>] {
  if (edit.kind === 'remove') return ['removeLabels', { keys: [edit.key] }];
  if (edit.kind === 'add')
    return ['upsertLabels', { labels: [{ ...toLabelInputs(edit.key)[0], parentKey: edit.parentKey }] }];
  const { keys, parentKey, afterKey } = edit;
  return ['moveLabels', { keys, parentKey, afterKey }];
}

describe('a random sequence of edits', () => {
  it('does in the database what nested lists do', async () => {
    const { client, id } = await ownTaxonomy(app);
    const integer = seededInteger(7);
    const lists = new ListTree();
    let revision = 1;
    for (let step = 0; step < 150; step++) {
      const edit = randomEdit(lists, integer, `k${step}`);
      const [field, input] = toMutation(edit);
      const payload = await client.mutate(field, { taxonomyId: id, expectedRevision: revision, ...input });
      revision = payload.taxonomy?.draft.revision ?? revision;
      expect(payload.userErrors.map(({ code }) => code)).toEqual(lists.apply(edit) ? [] : ['LABEL_CYCLE']);
    }
    const expected = lists.keys().map((key) => [lists.parentOf(key), key].filter(Boolean).join('>'));
    expect(await client.draftLabels(id)).toEqual(expected);
    const { version } = await client.publish(id);
    const query =
      'query ($id: ID!) { node(id: $id) { ... on TaxonomyVersion { labels(first: 1000) { nodes { key } } } } }';
    const nodes = lists.keys().map((key) => ({ key }));
    expect(await client.query(query, { id: version!.id })).toEqual({ node: { labels: { nodes } } });
  });
});

describe('restoreTaxonomyVersion', () => {
  it('makes the draft what the version is, and leaves the version as it was', async () => {
    const { client, id } = await ownTaxonomy(app, ['b', 'a', 'a>c']);
    await client.edit('setPromptTemplates', id, { promptTemplates: [{ language: 'en', text: 'a {label}' }] });
    await client.publish(id);
    await client.edit('removeLabels', id, { keys: ['a'] });
    await client.edit('setPromptTemplates', id, { promptTemplates: [] });
    const { taxonomy } = await client.edit('restoreTaxonomyVersion', id, { number: 1 });
    expect(taxonomy!.draft).toEqual({ revision: 5, labelCount: 3 });
    expect(await client.draftLabels(id)).toEqual(['b', 'a', 'a>c']);
    const again = await client.publish(id);
    expect(again).toMatchObject({
      embeddedPrompts: 0,
      cachedPrompts: 3,
      version: { number: 2, state: 'READY' },
    });
  });

  it('refuses a number that is not there', async () => {
    const { client, id } = await ownTaxonomy(app, ['a']);
    for (const number of [0, 1]) {
      const input = { taxonomyId: id, expectedRevision: 1, number };
      const { userErrors } = await client.mutate('restoreTaxonomyVersion', input);
      expect(userErrors[0]).toMatchObject({ code: 'NOT_FOUND', path: ['number'] });
    }
  });
});
