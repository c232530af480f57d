import type { Prisma } from '../database/generated/client.ts';
import { knowsLanguage } from './languages.ts';
import { promptLanguageOf, type PromptLabel } from './prompts.ts';

/** Something about a version that its author may want to know; the same codes as the GraphQL enum. */
export interface PublishWarning {
  code: 'NAME_MISSING' | 'LANGUAGE_UNKNOWN_TO_MODEL' | 'NEAR_DUPLICATE' | 'PROMPT_TOO_LONG' | 'PROMPT_EMPTY';
  message: string;
  /** The labels that it is about, the first 100. */
  labelKeys: string[];
}

interface Languages {
  labels: readonly PromptLabel[];
  model: { id: string; languages: readonly string[] };
  defaultLanguage: string;
}

/** The warnings that a version keeps: they were made here. */
export function warningsOf({ warnings }: { warnings: Prisma.JsonValue }): PublishWarning[] {
  return warnings as unknown as PublishWarning[];
}

const MAX_LABEL_KEYS = 100;

/**
 * The languages that a version can be scored in: those of its names that the model knows, the default language
 * first. Where the model knows none of them, the default language alone: something must be scored.
 */
export function choosePromptLanguages({ labels, model, defaultLanguage }: Languages): string[] {
  const known = namedLanguages(labels).filter((language) => knowsLanguage(model, language));
  if (known.length === 0 || knowsLanguage(model, defaultLanguage)) known.unshift(defaultLanguage);
  return [...new Set(known)];
}

/** What falls short: languages that the model does not know, and labels without a name in a prompt language. */
export function findWarnings(
  { labels, model, defaultLanguage }: Languages,
  promptLanguages: string[],
): PublishWarning[] {
  const unknown = namedLanguages(labels).filter((language) => !knowsLanguage(model, language));
  return [
    ...unknown.map((language) => {
      const keys = keysOf(labels, ({ names }) => names.some((name) => name.language === language));
      const fate = promptLanguages.includes(language)
        ? 'its names are scored all the same, as no other language is known, and the scores mean little'
        : 'its names are shown, never scored';
      const message = `The model '${model.id}' does not know '${language}' (it knows ${model.languages.join(', ')}): ${fate}.`;
      return {
        code: 'LANGUAGE_UNKNOWN_TO_MODEL' as const,
        message,
        labelKeys: keys.slice(0, MAX_LABEL_KEYS),
      };
    }),
    ...promptLanguages.flatMap((language) => {
      const keys = keysOf(labels, (label) => promptLanguageOf(label, language, defaultLanguage) !== language);
      if (keys.length === 0) return [];
      const message = `${keys.length} of ${labels.length} labels have no name in '${language}': there they are scored by their name in another language, '${defaultLanguage}' where they have one.`;
      return [{ code: 'NAME_MISSING' as const, message, labelKeys: keys.slice(0, MAX_LABEL_KEYS) }];
    }),
  ];
}

/** In alphabetical order. */
function namedLanguages(labels: readonly PromptLabel[]): string[] {
  return [...new Set(labels.flatMap(({ names }) => names.map(({ language }) => language)))].toSorted();
}

function keysOf(labels: readonly PromptLabel[], predicate: (label: PromptLabel) => boolean): string[] {
  return labels.filter(predicate).map(({ key }) => key);
}
