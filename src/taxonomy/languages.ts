import { AppError } from '../errors.ts';

/** The canonical form of a BCP 47 tag: `EN-us` is `en-US`. Throws INVALID_INPUT where it is none. */
export function canonicalLanguage(tag: string, path: string[]): string {
  try {
    const [canonical] = Intl.getCanonicalLocales(tag);
    if (LANGUAGE_SUBTAG.test(baseLanguage(canonical!))) return canonical!;
  } catch {
    // Not even of the form of one.
  }
  throw new AppError('INVALID_INPUT', {
    message: `A language is a BCP 47 tag such as 'en', 'pt-BR' or 'zh-Hant'; got '${tag.slice(0, 50)}'.`,
    path,
  });
}

/** The grammar leaves room for eight letters, which no registered language has: `english` is a mistake. */
const LANGUAGE_SUBTAG = /^[a-z]{2,3}$/;

/** The primary subtag: `zh-Hant-TW` is `zh`. */
export function baseLanguage(tag: string): string {
  return tag.split('-', 1)[0]!;
}

/** The available language that serves the wanted one: itself, else its base language, else one of the same base. */
export function findLanguage(available: readonly string[], wanted: string): string | undefined {
  if (available.includes(wanted)) return wanted;
  const base = baseLanguage(wanted);
  return available.includes(base) ? base : available.find((language) => baseLanguage(language) === base);
}

/** Whether a model was trained on the language: regions and scripts make no difference (`zh-CN` is `zh`). */
export function knowsLanguage(model: { languages: readonly string[] }, language: string): boolean {
  return findLanguage(model.languages, language) !== undefined;
}
