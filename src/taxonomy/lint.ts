import type { ClosePair } from './closeness/closest-pairs.ts';
import type { PublishWarning } from './prompt-languages.ts';

/** From this cosine on the model can hardly tell two labels apart. */
const NEAR_DUPLICATE = 0.98;
const MAX_LISTED = 5;
const MAX_LABEL_KEYS = 100;

/** Prompts of one language that the model does not read as they stand. */
export interface OddPrompt {
  key: string;
  text: string;
  tokenCount: number;
}

/** What embedding the prompts of one language has shown. */
export interface LanguageFindings {
  language: string;
  /** The keys of the rows. */
  keys: readonly string[];
  closest: readonly ClosePair[];
  tooLong: readonly OddPrompt[];
  empty: readonly OddPrompt[];
}

/** What the author of a version may want to know of its label embeddings in one language. `contextLength`: in tokens. */
export function findLint(findings: LanguageFindings, contextLength: number): PublishWarning[] {
  return [...nearDuplicates(findings), ...tooLongPrompts(findings, contextLength), ...emptyPrompts(findings)];
}

function nearDuplicates({ language, keys, closest }: LanguageFindings): PublishWarning[] {
  const pairs = closest.filter(([, , cosine]) => cosine >= NEAR_DUPLICATE);
  if (pairs.length === 0) return [];
  const listed = pairs.slice(0, MAX_LISTED).map(([a, b, cosine]) => {
    return `'${keys[a]}' and '${keys[b]}' (${cosine.toFixed(3)})`;
  });
  const count = pairs.length === closest.length ? `${pairs.length} or more` : String(pairs.length);
  const subject = pairs.length === 1 ? 'a pair of labels is' : `${count} pairs of labels are`;
  const message = `To the model ${subject} nearly the same in '${language}', so that a score is split between them: ${list(listed, pairs.length)}.`;
  return [
    { code: 'NEAR_DUPLICATE', message, labelKeys: keysOf(pairs.flatMap(([a, b]) => [keys[a]!, keys[b]!])) },
  ];
}

function tooLongPrompts({ language, tooLong }: LanguageFindings, contextLength: number): PublishWarning[] {
  if (tooLong.length === 0) return [];
  const message = `The model reads ${contextLength} tokens; of prompts in '${language}' that have more it leaves out the end: ${describe(tooLong)}.`;
  return [{ code: 'PROMPT_TOO_LONG', message, labelKeys: keysOf(tooLong.map(({ key }) => key)) }];
}

function emptyPrompts({ language, empty }: LanguageFindings): PublishWarning[] {
  if (empty.length === 0) return [];
  const message = `The model finds no word in prompts in '${language}', so that their scores mean nothing: ${describe(empty)}.`;
  return [{ code: 'PROMPT_EMPTY', message, labelKeys: keysOf(empty.map(({ key }) => key)) }];
}

/** `'a photo of …' of 'cat' (81 tokens)`. */
function describe(prompts: readonly OddPrompt[]): string {
  const listed = prompts.slice(0, MAX_LISTED).map(({ key, text, tokenCount }) => {
    const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
    return `'${shown}' of '${key}' (${tokenCount} tokens)`;
  });
  return list(listed, prompts.length);
}

function list(listed: string[], count: number): string {
  const more = count - listed.length;
  return listed.join(', ') + (more > 0 ? ` and ${more} more` : '');
}

function keysOf(keys: string[]): string[] {
  return [...new Set(keys)].slice(0, MAX_LABEL_KEYS);
}
