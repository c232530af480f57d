import { describe, expect, it } from 'vitest';
import { distinctTexts, fillTemplate, planPrompts } from '../../../src/taxonomy/prompts.ts';
import { refusalOf } from './support.ts';

const en = (text: string) => ({ language: 'en', text });
const zh = (text: string) => ({ language: 'zh', text });
const label = (key: string, names = [en(key)], synonyms: { language: string; text: string }[] = []) => ({
  key,
  names,
  synonyms,
});

describe('planPrompts', () => {
  it('fills every template with the name and the synonyms of its language', () => {
    const plan = planPrompts({
      labels: [label('cat', [en('cat'), zh('猫')], [en('kitty'), zh('咪咪')])],
      templates: [en('a {label}.'), en('the {label}'), zh('一只{label}')],
      promptLanguages: ['en', 'zh'],
      defaultLanguage: 'en',
    });
    expect(plan.get('en')).toEqual([
      { language: 'en', texts: ['a cat.', 'the cat', 'a kitty.', 'the kitty'] },
    ]);
    expect(plan.get('zh')).toEqual([{ language: 'zh', texts: ['一只猫', '一只咪咪'] }]);
  });

  it('uses the bare name without templates, and those of the base language for a region', () => {
    const british = { language: 'en-GB', text: 'lorry' };
    const source = { labels: [label('truck', [british])], defaultLanguage: 'en-GB' };
    const promptLanguages = ['en-GB'];
    expect(planPrompts({ ...source, promptLanguages, templates: [] }).get('en-GB')![0]!.texts).toEqual([
      'lorry',
    ]);
    const templates = [en('a {label}')];
    expect(planPrompts({ ...source, promptLanguages, templates }).get('en-GB')![0]!.texts).toEqual([
      'a lorry',
    ]);
  });

  it('falls back to name, synonyms and templates of the default language, and says so', () => {
    const plan = planPrompts({
      labels: [label('cat', [en('cat')], [en('kitty'), zh('咪咪')])],
      templates: [en('a {label}'), zh('一只{label}')],
      promptLanguages: ['zh'],
      defaultLanguage: 'en',
    });
    expect(plan.get('zh')).toEqual([{ language: 'en', texts: ['a cat', 'a kitty'] }]);
  });

  it('counts the same text once, within a label and over the version', () => {
    const plan = planPrompts({
      labels: [label('cat', [en('cat')], [en('cat')]), label('cat-2', [en('cat')])],
      templates: [],
      promptLanguages: ['en'],
      defaultLanguage: 'en',
    });
    expect(plan.get('en')!.map(({ texts }) => texts)).toEqual([['cat'], ['cat']]);
    expect([...distinctTexts(plan)]).toEqual(['cat']);
  });

  it('refuses more prompts than can be embedded in reason', () => {
    const synonyms = Array.from({ length: 200 }, (_, i) => en(`s${i}`));
    const labels = Array.from({ length: 60 }, (_, i) => label(`k${i}`, [en(`k${i}`)], synonyms));
    const templates = Array.from({ length: 100 }, (_, i) => en(`${i} {label}`));
    const source = { labels, templates, promptLanguages: ['en'], defaultLanguage: 'en' };
    expect(refusalOf(() => planPrompts(source)).message).toContain('1000000 prompts');
  });
});

describe('fillTemplate', () => {
  it.each(['$&', '$1', '$$', "$'", '{label}'])('takes %s as it is', (name) => {
    expect(fillTemplate('a {label}.', name)).toBe(`a ${name}.`);
  });
});
