import { AppError } from '../errors.ts';

/** The canonical form of a BCP 47 tag: `EN-us` is `en-US`. Throws INVALID_INPUT where it is none. */
export function canonicalLanguage(tag: string, path: string[]): string {
  try {
    return Intl.getCanonicalLocales(tag)[0]!;
  } catch (cause) {
    throw new AppError('INVALID_INPUT', {
      message: `A language is a BCP 47 tag such as 'en', 'pt-BR' or 'zh-Hant'; got '${tag.slice(0, 50)}'.`,
      path,
      cause,
    });
  }
}

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
