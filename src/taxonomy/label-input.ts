import { AppError } from '../errors.ts';
import { canonicalLanguage } from './languages.ts';
import type { LocalizedText } from './label-name.ts';
import { checkText } from './text-rules.ts';

/** A label to add or to change. */
export interface LabelInput {
  key: string;
  names: readonly LocalizedText[];
  synonyms?: readonly LocalizedText[] | null;
  description?: string | null;
  parentKey?: string | null;
  position?: number | null;
}

/** A label whose every value is acceptable by itself; whether its parent is there is for the tree to say. */
export interface CheckedLabel {
  key: string;
  names: LocalizedText[];
  synonyms: LocalizedText[];
  description: string | null;
  parentKey: string | null;
  /** Null: where it is, or at the end. */
  position: number | null;
}

/** What one label may have at most; texts in characters. */
const MAX = { keyLength: 200, textLength: 500, descriptionLength: 5_000, names: 100, synonyms: 200 };
const MAX_POSITION = 1_000_000_000;

/** Throws INVALID_INPUT at the first value that is not acceptable; its path starts at `path`. */
export function checkLabels(inputs: readonly LabelInput[], path = ['labels']): CheckedLabel[] {
  const indexOf = new Map<string, number>();
  return inputs.map((input, index) => {
    const here = [...path, String(index)];
    const label = checkLabel(input, here);
    const earlier = indexOf.get(label.key);
    if (earlier !== undefined) {
      const message = `The key '${label.key}' stands at ${earlier} and again at ${index}; a key names one label.`;
      throw new AppError('INVALID_INPUT', { message, path: [...here, 'key'] });
    }
    indexOf.set(label.key, index);
    return label;
  });
}

/** Throws INVALID_INPUT where a label cannot have that key. */
export function checkKey(key: string, path: string[]): void {
  checkText(key, { what: "A label's key", maxLength: MAX.keyLength, path });
  if (key === key.trim()) return;
  const message = `A label's key has no space at either end; got '${key}'.`;
  throw new AppError('INVALID_INPUT', { message, path });
}

/** One label, by itself. Throws INVALID_INPUT at the first value that is not acceptable. */
export function checkLabel(input: LabelInput, path: string[]): CheckedLabel {
  checkKey(input.key, [...path, 'key']);
  const description = input.description ?? null;
  if (description !== null) {
    const rule = { what: "A label's description", maxLength: MAX.descriptionLength, multiline: true };
    checkText(description, { ...rule, path: [...path, 'description'] });
  }
  return {
    key: input.key,
    names: checkNames(input.names, [...path, 'names']),
    synonyms: checkTexts(input.synonyms ?? [], [...path, 'synonyms'], {
      what: 'A synonym',
      most: MAX.synonyms,
    }),
    description,
    parentKey: input.parentKey ?? null,
    position: checkPosition(input.position ?? null, [...path, 'position']),
  };
}

function checkNames(inputs: readonly LocalizedText[], path: string[]): LocalizedText[] {
  if (inputs.length === 0) {
    throw new AppError('INVALID_INPUT', {
      message: 'A label has at least one name; this one has none.',
      path,
    });
  }
  const names = checkTexts(inputs, path, { what: "A label's name", most: MAX.names });
  const languages = new Set<string>();
  for (const [index, { language }] of names.entries()) {
    if (languages.has(language)) {
      const message = `A label has one name a language; '${language}' is here twice. Give the others as synonyms.`;
      throw new AppError('INVALID_INPUT', { message, path: [...path, String(index), 'language'] });
    }
    languages.add(language);
  }
  return names;
}

function checkTexts(
  inputs: readonly LocalizedText[],
  path: string[],
  { what, most }: { what: string; most: number },
): LocalizedText[] {
  if (inputs.length > most) {
    const message = `A label takes at most ${most} of '${path.at(-1)}'; this one has ${inputs.length}.`;
    throw new AppError('INVALID_INPUT', { message, path });
  }
  return inputs.map(({ language, text }, index) => {
    const here = [...path, String(index)];
    checkText(text, { what, maxLength: MAX.textLength, path: [...here, 'text'] });
    return { language: canonicalLanguage(language, [...here, 'language']), text };
  });
}

function checkPosition(position: number | null, path: string[]): number | null {
  if (position === null || (Number.isInteger(position) && position >= 0 && position <= MAX_POSITION))
    return position;
  const message = `A position is a whole number from 0 to ${MAX_POSITION}; got ${position}.`;
  throw new AppError('INVALID_INPUT', { message, path });
}
