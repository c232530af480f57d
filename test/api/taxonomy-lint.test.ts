import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../support/start-app.ts';
import { ownTaxonomy, type OwnTaxonomy } from '../support/taxonomy-client.ts';

let app: TestApp;
beforeAll(async () => (app = await startTestApp()));
afterAll(() => app.stop());

interface Version {
  warnings: { code: string; message: string; labelKeys: string[] }[];
  labelConfusion: { a: { key: string }; b: { key: string }; similarity: number }[];
}

async function readVersion({ client, id }: OwnTaxonomy, args = ''): Promise<Version> {
  const query = `query ($id: ID!) { taxonomy(by: { id: $id }) { latestVersion {
    warnings { code message labelKeys } labelConfusion${args} { a { key } b { key } similarity }
  } } }`;
  return (await client.query<{ taxonomy: { latestVersion: Version } }>(query, { id })).taxonomy.latestVersion;
}

const label = (key: string, text: string, synonyms: string[] = []) => ({
  key,
  names: [{ language: 'en', text }],
  synonyms: synonyms.map((synonym) => ({ language: 'en', text: synonym })),
});

it('warns of near-duplicates, of prompts too long and of prompts without a word', async () => {
  const long = 'very '.repeat(95).trim();
  const labels = [
    label('cat', 'cat'),
    label('kitty', 'cat'),
    label('pizza', 'pizza'),
    label('rocket', 'rocket', [long]),
    label('blank', '\u200B'),
  ];
  const taxonomy = await ownTaxonomy(app, { labels });
  const published = await taxonomy.client.publish(taxonomy.id);
  expect(published.version!.state).toBe('READY');
  const { warnings, labelConfusion } = await readVersion(taxonomy, '(first: 1)');
  expect(published.warnings).toEqual(warnings);
  expect(warnings.map(({ code, labelKeys }) => [code, labelKeys])).toEqual([
    ['NEAR_DUPLICATE', ['cat', 'kitty']],
    ['PROMPT_TOO_LONG', ['rocket']],
    ['PROMPT_EMPTY', ['blank']],
  ]);
  expect(warnings[0]!.message).toContain("'cat' and 'kitty' (1.000)");
  const [contextLength, tokens] = [
    app.services.inference.models[0]!.contextLength,
    Number(/\((\d+) tokens\)/.exec(warnings[1]!.message)![1]),
  ];
  expect(warnings[1]!.message).toContain(`reads ${contextLength} tokens`);
  expect(tokens).toBeGreaterThan(contextLength);
  expect(labelConfusion).toMatchObject([{ a: { key: 'cat' }, b: { key: 'kitty' } }]);
  expect(labelConfusion[0]!.similarity).toBeCloseTo(1, 5);
});

it('counts one pair as one, and names prompt templates that no label takes', async () => {
  const labels = [label('cat', 'cat'), label('kitty', 'cat'), label('pizza', 'pizza')];
  const promptTemplates = [
    { language: 'en', text: 'a {label}' },
    { language: 'en-GB', text: 'a spot of {label}' },
  ];
  const taxonomy = await ownTaxonomy(app, { labels, promptTemplates });
  const { warnings } = await taxonomy.client.publish(taxonomy.id);
  expect(warnings.map(({ code, message }) => [code, message])).toEqual([
    ['TEMPLATE_UNUSED', expect.stringContaining("by a name in 'en-GB'")],
    ['NEAR_DUPLICATE', expect.stringContaining("To the model a pair of labels is nearly the same in 'en'")],
  ]);
});

it('has no warning where there is nothing to say, and the same ones when all prompts are cached', async () => {
  const taxonomy = await ownTaxonomy(app, ['cat', 'pizza', 'rocket']);
  expect((await taxonomy.client.publish(taxonomy.id)).warnings).toEqual([]);
  const long = label('rocket', 'rocket', ['so '.repeat(100).trim()]);
  await taxonomy.client.edit('upsertLabels', taxonomy.id, { labels: [long] });
  const first = await taxonomy.client.publish(taxonomy.id);
  expect(first.warnings.map(({ code }) => code)).toEqual(['PROMPT_TOO_LONG']);
  const again = await taxonomy.client.publish(taxonomy.id);
  expect(again).toMatchObject({ embeddedPrompts: 0, warnings: first.warnings });
});

it('orders the pairs of labels by how alike they are, in each prompt language', async () => {
  const labels = ['cat', 'dog', 'pizza', 'apple'].map((key, i) => ({
    key,
    names: [
      { language: 'en', text: key },
      { language: 'zh', text: ['猫', '狗', '比萨', '苹果'][i] },
    ],
  }));
  const taxonomy = await ownTaxonomy(app, { labels });
  await taxonomy.client.publish(taxonomy.id);
  const { labelConfusion: english } = await readVersion(taxonomy);
  const { labelConfusion: chinese } = await readVersion(taxonomy, '(first: 100, promptLanguage: "zh")');
  for (const pairs of [english, chinese]) {
    expect(pairs).toHaveLength(6);
    const cosines = pairs.map(({ similarity }) => similarity);
    expect(cosines).toEqual(cosines.toSorted((a, b) => b - a));
  }
  expect(chinese).not.toEqual(english);
  const tooMany = await app.send({
    query: `query ($id: ID!) { taxonomy(by: { id: $id }) { latestVersion { labelConfusion(first: 101) { similarity } } } }`,
    variables: { id: taxonomy.id },
    key: taxonomy.client.key,
  });
  expect(tooMany.errors[0]!.extensions.code).toBe('INVALID_INPUT');
});
