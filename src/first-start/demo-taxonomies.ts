import type { CreateTaxonomyInput } from '../taxonomy/create-taxonomy.ts';
import data from './demo-taxonomies.json' with { type: 'json' };

/** Texts by language: `{ "en": "cat", "zh": "猫" }`. */
type ByLanguage<T> = Record<string, T>;

interface DemoLabel {
  key: string;
  parentKey?: string;
  names: ByLanguage<string>;
  synonyms?: ByLanguage<string[]>;
}

interface DemoTaxonomy {
  name: string;
  description: string;
  defaultLanguage: string;
  labels: DemoLabel[];
  promptTemplates: ByLanguage<string[]>;
}

/** The taxonomies of the first look, as any client would send them. */
export const demoTaxonomies: CreateTaxonomyInput[] = (data as DemoTaxonomy[]).map(
  ({ labels, promptTemplates, ...about }) => ({
    ...about,
    promptTemplates: toTexts(promptTemplates),
    labels: labels.map(({ names, synonyms = {}, ...label }) => ({
      ...label,
      names: toTexts(names),
      synonyms: toTexts(synonyms),
    })),
  }),
);

function toTexts(texts: ByLanguage<string | string[]>): { language: string; text: string }[] {
  return Object.entries(texts).flatMap(([language, text]) =>
    [text].flat().map((one) => ({ language, text: one })),
  );
}
