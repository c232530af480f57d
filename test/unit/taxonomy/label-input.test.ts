import { describe, expect, it } from 'vitest';
import { checkLabels } from '../../../src/taxonomy/label-input.ts';
import { checkTemplates } from '../../../src/taxonomy/prompt-templates.ts';
import { refusalOf } from './support.ts';

const cat = { key: 'cat', names: [{ language: 'en', text: 'cat' }] };

describe('checkLabels', () => {
  it('writes languages in their canonical form', () => {
    const [label] = checkLabels([{ ...cat, names: [{ language: 'ZH-hant-tw', text: '貓' }] }]);
    expect(label!.names).toEqual([{ language: 'zh-Hant-TW', text: '貓' }]);
  });

  it.each([
    { label: { ...cat, key: '' }, path: 'key', says: 'empty' },
    { label: { ...cat, key: 'k'.repeat(201) }, path: 'key', says: '201' },
    { label: { ...cat, key: ' cat' }, path: 'key', says: 'space' },
    { label: { ...cat, key: 'a\0b' }, path: 'key', says: 'U+0000' },
    { label: { ...cat, names: [] }, path: 'names', says: 'none' },
    { label: { ...cat, names: [{ language: 'en', text: ' \t ' }] }, path: 'names.0.text', says: 'empty' },
    { label: { ...cat, names: [{ language: 'en', text: 'a\u0007' }] }, path: 'names.0.text', says: 'U+0007' },
    {
      label: { ...cat, names: [{ language: 'en', text: '\ud800' }] },
      path: 'names.0.text',
      says: 'surrogate',
    },
    {
      label: { ...cat, names: [{ language: 'no language', text: 'a' }] },
      path: 'names.0.language',
      says: 'BCP 47',
    },
    {
      label: { ...cat, names: [...cat.names, { language: 'EN', text: 'b' }] },
      path: 'names.1.language',
      says: 'twice',
    },
    { label: { ...cat, synonyms: [{ language: 'en', text: '' }] }, path: 'synonyms.0.text', says: 'empty' },
    { label: { ...cat, position: -1 }, path: 'position', says: '-1' },
    { label: { ...cat, description: 'a\0' }, path: 'description', says: 'U+0000' },
  ])('refuses $path: $says', ({ label, path, says }) => {
    const fine = { ...cat, key: 'fine' };
    const refusal = refusalOf(() => checkLabels([fine, label]));
    expect(refusal).toMatchObject({ code: 'INVALID_INPUT', path: ['labels', '1', ...path.split('.')] });
    expect(refusal.message).toContain(says);
  });

  it('refuses a key that stands twice', () => {
    const refusal = refusalOf(() => checkLabels([cat, { ...cat, key: 'dog' }, cat]));
    expect(refusal.path).toEqual(['labels', '2', 'key']);
    expect(refusal.message).toContain('at 0 and again at 2');
  });

  it('accepts emoji and lines in a description', () => {
    expect(checkLabels([{ ...cat, key: '🐈', description: 'two\nlines' }])).toHaveLength(1);
  });
});

describe('checkTemplates', () => {
  it.each(['a photo', '{label} or {label}', '{Label}', '{label'])('refuses %s: no single slot', (text) => {
    const refusal = refusalOf(() => checkTemplates([{ language: 'en', text }]));
    expect(refusal).toMatchObject({ code: 'INVALID_INPUT', path: ['promptTemplates', '0', 'text'] });
  });

  it('bounds how many a language has', () => {
    const templates = Array.from({ length: 101 }, (_, i) => ({ language: 'en', text: `${i} {label}` }));
    expect(refusalOf(() => checkTemplates(templates)).message).toContain("'en' has 101");
  });
});
