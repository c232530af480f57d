import { describe, expect, it } from 'vitest';
import { labelName } from '../../../src/taxonomy/label-name.ts';
import { findLanguage, knowsLanguage } from '../../../src/taxonomy/languages.ts';
import { choosePromptLanguage } from '../../../src/taxonomy/resolve-version.ts';
import { refusalOf } from './support.ts';

const label = {
  key: 'cat',
  names: [
    { language: 'en', text: 'cat' },
    { language: 'zh-TW', text: '貓' },
  ],
};

describe('labelName', () => {
  it.each([
    ['en', 'cat'],
    ['en-GB', 'cat'],
    ['zh-TW', '貓'],
    ['zh', '貓'],
    ['de', 'cat'],
    [null, 'cat'],
  ])('in %s is %s', (language, name) => {
    expect(labelName(label, language, 'en')).toBe(name);
  });

  it('is the key where neither the language nor the default is there', () => {
    expect(labelName(label, 'de', 'fr')).toBe('cat');
  });
});

describe('findLanguage', () => {
  it('prefers the tag itself, then the base language, then another region', () => {
    expect(findLanguage(['zh', 'zh-CN'], 'zh-CN')).toBe('zh-CN');
    expect(findLanguage(['zh-TW', 'zh'], 'zh-CN')).toBe('zh');
    expect(findLanguage(['zh-TW'], 'zh-CN')).toBe('zh-TW');
    expect(findLanguage(['en'], 'eng')).toBeUndefined();
    expect(knowsLanguage({ languages: ['zh'] }, 'zh-Hant-TW')).toBe(true);
  });
});

describe('choosePromptLanguage', () => {
  const version = { number: 3, promptLanguages: ['en', 'zh-CN'] };
  const model = { id: 'demo', languages: ['en', 'zh'] };

  it('takes the first where none is wanted, and matches regions', () => {
    expect(choosePromptLanguage(version, model, null)).toBe('en');
    expect(choosePromptLanguage(version, model, 'zh')).toBe('zh-CN');
  });

  it('lists what there is where the wanted one is not', () => {
    const refusal = refusalOf(() => choosePromptLanguage(version, model, 'de'));
    expect(refusal).toMatchObject({ code: 'INVALID_INPUT', path: ['promptLanguage'] });
    expect(refusal.message).toContain('en, zh-CN');
  });
});
