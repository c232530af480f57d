import { describe, expect, it } from 'vitest';
import { distinctTexts, fillTemplate, planPrompts } from '../../../src/taxonomy/prompts.ts';
import { countTurns } from '../../support/event-loop.ts';

const en = (text: string) => ({ language: 'en', text });
const zh = (text: string) => ({ language: 'zh', text });
const label = (key: string, names = [en(key)], synonyms: { language: string; text: string }[] = []) => ({
  key,
  names,
  synonyms,
});

/** A hundred prompts a label. */
function manyPrompts(count: number) {
  return {
    labels: Array.from({ length: count }, (_, i) => label(`k${i}`)),
    templates: Array.from({ length: 100 }, (_, i) => en(`${i} {label}`)),
    promptLanguages: ['en'],
    defaultLanguage: 'en',
  };
}

describe('planPrompts', () => {
  it('fills every template with the name and the synonyms of its language', async () => {
    const plan = await planPrompts({
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

  it('uses the bare name without templates, and those of the base language for a region', async () => {
    const british = { language: 'en-GB', text: 'lorry' };
    const source = { labels: [label('truck', [british])], defaultLanguage: 'en-GB' };
    const promptLanguages = ['en-GB'];
    const bare = await planPrompts({ ...source, promptLanguages, templates: [] });
    expect(bare.get('en-GB')![0]!.texts).toEqual(['lorry']);
    const filled = await planPrompts({ ...source, promptLanguages, templates: [en('a {label}')] });
    expect(filled.get('en-GB')![0]!.texts).toEqual(['a lorry']);
  });

  it('falls back to name, synonyms and templates of the default language, and says so', async () => {
    const plan = await planPrompts({
      labels: [label('cat', [en('cat')], [en('kitty'), zh('咪咪')])],
      templates: [en('a {label}'), zh('一只{label}')],
      promptLanguages: ['zh'],
      defaultLanguage: 'en',
    });
    expect(plan.get('zh')).toEqual([{ language: 'en', texts: ['a cat', 'a kitty'] }]);
  });

  it('counts the same text once, within a label and over the version', async () => {
    const plan = await planPrompts({
      labels: [label('cat', [en('cat')], [en('cat')]), label('cat-2', [en('cat')])],
      templates: [],
      promptLanguages: ['en'],
      defaultLanguage: 'en',
    });
    expect(plan.get('en')!.map(({ texts }) => texts)).toEqual([['cat'], ['cat']]);
    expect(await distinctTexts(plan)).toEqual(['cat']);
  });

  it('refuses more prompts than can be embedded in reason', async () => {
    await expect(planPrompts(manyPrompts(3_001))).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      message: expect.stringContaining('at most 300000 prompts'),
    });
  });

  it('leaves turns to others while it plans as many as there may be', async () => {
    const turns = countTurns();
    const plan = await planPrompts(manyPrompts(3_000));
    const planning = turns.count();
    expect(await distinctTexts(plan)).toHaveLength(300_000);
    expect(planning).toBeGreaterThan(5);
    expect(turns.stop()).toBeGreaterThan(planning + 2);
  });
});

describe('fillTemplate', () => {
  it.each(['$&', '$1', '$$', "$'", '{label}'])('takes %s as it is', (name) => {
    expect(fillTemplate('a {label}.', name)).toBe(`a ${name}.`);
  });
});
