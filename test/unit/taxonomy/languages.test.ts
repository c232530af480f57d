import { describe, expect, it } from 'vitest';
import { canonicalLanguage } from '../../../src/taxonomy/languages.ts';

describe('canonicalLanguage', () => {
  it.each([
    ['EN-us', 'en-US'],
    ['zh-hant-tw', 'zh-Hant-TW'],
    ['yue', 'yue'],
    ['cmn', 'zh'],
  ])('%s is %s', (tag, canonical) => {
    expect(canonicalLanguage(tag, [])).toBe(canonical);
  });

  it.each(['english', 'deutsch', 'e', '_', 'en_US', ''])("'%s' is none", (tag) => {
    expect(() => canonicalLanguage(tag, [])).toThrow('A language is a BCP 47 tag');
  });
});
