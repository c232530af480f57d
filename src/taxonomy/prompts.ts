import type { Label } from '../database/generated/client.ts';
import { AppError } from '../errors.ts';
import { localizedTexts, type LocalizedText } from './label-name.ts';
import { baseLanguage } from './languages.ts';
import { createTurns } from './turns.ts';

/** What of a label makes its prompts. */
export interface PromptLabel {
  key: string;
  names: readonly LocalizedText[];
  synonyms: readonly LocalizedText[];
}

/** The prompts of one label in one prompt language. */
export interface LabelPrompts {
  /** The language of the name, synonyms and templates: another than asked for where the label has no name in it. */
  language: string;
  /** Distinct. */
  texts: readonly string[];
}

/** For each prompt language the prompts of each label, in the order of the labels. */
export type PromptPlan = ReadonlyMap<string, readonly LabelPrompts[]>;

export interface PromptSource {
  labels: readonly PromptLabel[];
  templates: readonly LocalizedText[];
  promptLanguages: readonly string[];
  defaultLanguage: string;
}

/**
 * Prompts of one version at most: 20,000 labels in two languages with seven templates each. They are planned in about
 * a second and 200 MB; embedding them takes an hour or more of one core.
 */
const MAX_PROMPTS = 300_000;

/**
 * Fills the templates of a language with each label's name and synonyms in it. A language without templates takes
 * those of its base language, else the bare texts. Takes turns with others. Throws INVALID_INPUT where that makes too
 * many.
 */
export async function planPrompts({
  labels,
  templates,
  promptLanguages,
  defaultLanguage,
}: PromptSource): Promise<PromptPlan> {
  const turn = createTurns();
  const templatesOf = indexTemplates(templates);
  let count = 0;
  const planLabel = (label: PromptLabel, wanted: string): LabelPrompts => {
    const language = promptLanguageOf(label, wanted, defaultLanguage);
    const words = [...label.names, ...label.synonyms].filter((word) => word.language === language);
    const filled = templatesOf(language);
    count += words.length * filled.length;
    if (count > MAX_PROMPTS) throw tooManyPrompts(label.key);
    const texts = words.flatMap(({ text }) => filled.map((template) => fillTemplate(template, text)));
    return { language, texts: [...new Set(texts)] };
  };
  const plan = new Map<string, LabelPrompts[]>();
  for (const language of promptLanguages) {
    const planned: LabelPrompts[] = [];
    for (const label of labels) {
      await turn();
      planned.push(planLabel(label, language));
    }
    plan.set(language, planned);
  }
  return plan;
}

/** The language that a label is prompted in: the wanted one, else the default, else that of its first name. */
export function promptLanguageOf(label: PromptLabel, wanted: string, defaultLanguage: string): string {
  const has = (language: string) => label.names.some((name) => name.language === language);
  return [wanted, defaultLanguage].find(has) ?? label.names[0]!.language;
}

/** What of a label's row makes its prompts. */
export function toPromptLabel({
  key,
  names,
  synonyms,
}: Pick<Label, 'key' | 'names' | 'synonyms'>): PromptLabel {
  return { key, names: localizedTexts(names), synonyms: localizedTexts(synonyms) };
}

/** Every distinct text of a plan. Takes turns with others. */
export async function distinctTexts(plan: PromptPlan): Promise<string[]> {
  const turn = createTurns();
  const texts = new Set<string>();
  for (const { texts: ofLabel } of [...plan.values()].flat()) {
    await turn();
    for (const text of ofLabel) texts.add(text);
  }
  return [...texts];
}

/** A template with the text in its slot. A function replaces it: as a string, `$&` in a name would be read as a pattern. */
export function fillTemplate(template: string, text: string): string {
  return template.replace('{label}', () => text);
}

function indexTemplates(templates: readonly LocalizedText[]): (language: string) => string[] {
  const byLanguage = Map.groupBy(templates, ({ language }) => language);
  return (language) => {
    const found = byLanguage.get(language) ?? byLanguage.get(baseLanguage(language));
    return found?.map(({ text }) => text) ?? ['{label}'];
  };
}

function tooManyPrompts(key: string): AppError {
  return new AppError('INVALID_INPUT', {
    message:
      `A version has at most ${MAX_PROMPTS} prompts (names and synonyms times templates, in each prompt language); ` +
      `these labels make more, counted up to '${key}'. Use fewer templates or synonyms.`,
    path: ['taxonomyId'],
  });
}
