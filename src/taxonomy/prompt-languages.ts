import type { Prisma } from '../database/generated/client.ts';
import type { LocalizedText } from './label-name.ts';
import { baseLanguage, knowsLanguage } from './languages.ts';
import { promptLanguageOf, type PromptLabel } from './prompts.ts';

/** Something about a version that its author may want to know; the same codes as the GraphQL enum. */
export interface PublishWarning {
  code:
    | 'NAME_MISSING'
    | 'TEMPLATE_UNUSED'
    | 'LANGUAGE_UNKNOWN_TO_MODEL'
    | 'NEAR_DUPLICATE'
    | 'PROMPT_TOO_LONG'
    | 'PROMPT_EMPTY';
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

/** What falls short: languages that the model does not know, labels without a name in a prompt language, idle templates. */
export function findWarnings(
  { labels, model, defaultLanguage }: Languages,
  promptLanguages: string[],
  templates: readonly LocalizedText[] = [],
): PublishWarning[] {
  const promptedIn = (label: PromptLabel) =>
    new Set(promptLanguages.map((wanted) => promptLanguageOf(label, wanted, defaultLanguage)));
  const prompted = new Map(labels.map((label) => [label.key, promptedIn(label)]));
  const unknown = namedLanguages(labels).filter((language) => !knowsLanguage(model, language));
  return [
    ...unknown.map((language) => {
      const keys = keysOf(labels, ({ names }) => names.some((name) => name.language === language));
      const scored = keysOf(labels, ({ key }) => prompted.get(key)!.has(language)).length;
      const fate =
        scored > 0
          ? `${scored} of ${labels.length} labels are scored by their names in it all the same, for want of others, and the scores mean little`
          : 'its names are shown, never scored';
      const message = `The model '${model.id}' does not know '${language}' (it knows ${model.languages.join(', ')}): ${fate}.`;
      return warnOf('LANGUAGE_UNKNOWN_TO_MODEL', message, keys);
    }),
    ...promptLanguages.flatMap((language) => {
      const keys = keysOf(labels, (label) => promptLanguageOf(label, language, defaultLanguage) !== language);
      if (keys.length === 0) return [];
      const instead = language === defaultLanguage ? '' : `, '${defaultLanguage}' where they have one`;
      const message = `${keys.length} of ${labels.length} labels have no name in '${language}': there they are scored by their name in another language${instead}.`;
      return warnOf('NAME_MISSING', message, keys);
    }),
    ...findUnused(templates, new Set([...prompted.values()].flatMap((languages) => [...languages]))),
  ];
}

/** Templates take names of their own language, and of languages below it that have no templates of their own. */
function findUnused(
  templates: readonly LocalizedText[],
  promptedLanguages: ReadonlySet<string>,
): PublishWarning[] {
  const given = [...new Set(templates.map(({ language }) => language))].toSorted();
  const used = new Set(
    [...promptedLanguages].map((language) => (given.includes(language) ? language : baseLanguage(language))),
  );
  return given
    .filter((language) => !used.has(language))
    .map((language) => {
      const message = `No label is scored by a name in '${language}', so that the prompt templates in it are not used; labels are scored in ${[...promptedLanguages].toSorted().join(', ')}.`;
      return warnOf('TEMPLATE_UNUSED', message, []);
    });
}

function warnOf(code: PublishWarning['code'], message: string, keys: string[]): PublishWarning {
  return { code, message, labelKeys: keys.slice(0, MAX_LABEL_KEYS) };
}

/** In alphabetical order. */
function namedLanguages(labels: readonly PromptLabel[]): string[] {
  return [...new Set(labels.flatMap(({ names }) => names.map(({ language }) => language)))].toSorted();
}

function keysOf(labels: readonly PromptLabel[], predicate: (label: PromptLabel) => boolean): string[] {
  return labels.filter(predicate).map(({ key }) => key);
}
