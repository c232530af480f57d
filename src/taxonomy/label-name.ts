import type { Prisma } from '../database/generated/client.ts';
import { findLanguage } from './languages.ts';

/** A text in a language, as labels keep it. */
export interface LocalizedText {
  language: string;
  text: string;
}

/** What a label's `names` or `synonyms` column holds: it was validated when it was written. */
export function localizedTexts(column: Prisma.JsonValue): LocalizedText[] {
  return column as unknown as LocalizedText[];
}

/** A label's name in a language: exactly, else by its base language, else in the default language, else the key. */
export function labelName(
  label: { key: string; names: Prisma.JsonValue },
  language: string | null | undefined,
  defaultLanguage: string,
): string {
  const names = localizedTexts(label.names);
  const languages = names.map((name) => name.language);
  const found =
    findLanguage(languages, language ?? defaultLanguage) ?? findLanguage(languages, defaultLanguage);
  return names.find((name) => name.language === found)?.text ?? label.key;
}
