import { describe, expect, it } from 'vitest';
import { choosePromptLanguages, findWarnings } from '../../../src/taxonomy/prompt-languages.ts';

const model = { id: 'demo', languages: ['en', 'zh'] };
const label = (key: string, ...languages: string[]) => ({
  key,
  names: languages.map((language) => ({ language, text: `${key} in ${language}` })),
  synonyms: [],
});

describe('choosePromptLanguages', () => {
  it.each([
    { languages: ['en'], defaultLanguage: 'en', expected: ['en'] },
    { languages: ['de', 'en', 'zh-CN'], defaultLanguage: 'zh-CN', expected: ['zh-CN', 'en'] },
    { languages: ['de', 'en'], defaultLanguage: 'de', expected: ['en'] },
    { languages: ['de', 'fr'], defaultLanguage: 'de', expected: ['de'] },
    { languages: ['zh'], defaultLanguage: 'en', expected: ['en', 'zh'] },
  ])('of names in $languages with default $defaultLanguage takes $expected', (example) => {
    const { languages, defaultLanguage, expected } = example;
    const labels = [label('cat', ...languages)];
    expect(choosePromptLanguages({ labels, model, defaultLanguage })).toEqual(expected);
  });
});

describe('findWarnings', () => {
  it('names the labels without a name in a prompt language, and languages that the model does not know', () => {
    const labels = [label('cat', 'en', 'zh', 'de'), label('dog', 'en')];
    const warnings = findWarnings({ labels, model, defaultLanguage: 'en' }, ['en', 'zh']);
    expect(warnings).toEqual([
      { code: 'LANGUAGE_UNKNOWN_TO_MODEL', message: expect.stringContaining("'de'"), labelKeys: ['cat'] },
      { code: 'NAME_MISSING', message: expect.stringContaining('1 of 2 labels'), labelKeys: ['dog'] },
    ]);
  });

  it('says of a language that the model does not know whether its names are scored', () => {
    const warn = (languages: string[]) =>
      findWarnings({ labels: [label('cat', ...languages)], model, defaultLanguage: 'en' }, ['en']).map(
        ({ code, message }) => [code, message],
      );
    expect(warn(['fr'])).toEqual([
      ['LANGUAGE_UNKNOWN_TO_MODEL', expect.stringContaining('1 of 1 labels are scored by their names in it')],
      ['NAME_MISSING', expect.stringMatching(/no name in 'en': .* by their name in another language\.$/)],
    ]);
    expect(warn(['fr', 'en'])).toEqual([
      ['LANGUAGE_UNKNOWN_TO_MODEL', expect.stringContaining('shown, never scored')],
    ]);
  });

  it.each([
    { templates: ['en-GB', 'en', 'zh'], unused: ['en-GB'] },
    { templates: ['en', 'zh-CN'], unused: ['en'] },
    { templates: ['fr', 'zh'], unused: ['fr'] },
  ])('names the languages of templates that no label takes: of $templates $unused', (example) => {
    const labels = [label('cat', 'en-US', 'zh-CN')].map((one) =>
      example.unused[0] === 'en' ? { ...one, names: one.names.slice(1) } : one,
    );
    const templates = example.templates.map((language) => ({ language, text: '{label}' }));
    const languages = { labels, model, defaultLanguage: 'zh-CN' };
    const warnings = findWarnings(languages, choosePromptLanguages(languages), templates);
    expect(warnings.map(({ code, message }) => [code, /'([^']+)'/.exec(message)![1]])).toEqual(
      example.unused.map((language) => ['TEMPLATE_UNUSED', language]),
    );
  });

  it('lists 100 labels at most and counts all', () => {
    const labels = Array.from({ length: 150 }, (_, i) => label(`k${i}`, 'en'));
    const [warning] = findWarnings({ labels, model, defaultLanguage: 'zh' }, ['zh']);
    expect(warning!.labelKeys).toHaveLength(100);
    expect(warning!.message).toContain('150 of 150');
  });
});
