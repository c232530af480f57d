import type { LocalizedText } from './label-name.ts';
import type { Reordering } from './sibling-places.ts';

/** What of a label two drafts or versions may differ in; its place among its siblings aside. */
export interface LabelContent {
  names: readonly LocalizedText[];
  synonyms: readonly LocalizedText[];
  description: string | null;
  parentKey: string | null;
}

/** The same names as the GraphQL enum `LabelChangeKind`. */
export type LabelChangeKind =
  'ADDED' | 'REMOVED' | 'RENAMED' | 'MOVED' | 'REORDERED' | 'SYNONYMS_CHANGED' | 'DESCRIPTION_CHANGED';

/** One label that is not the same on both sides. Null: it is not there. */
export interface LabelDifference {
  key: string;
  before: LabelContent | null;
  after: LabelContent | null;
  /** Its places among its siblings, where they are told and differ. */
  reordering?: Reordering;
}

/** What changed, in a fixed order; none where nothing did. */
export function kindsOf({ before, after, reordering }: LabelDifference): LabelChangeKind[] {
  if (!before) return after ? ['ADDED'] : [];
  if (!after) return ['REMOVED'];
  const kinds: LabelChangeKind[] = [];
  if (!areSame(before.names, after.names)) kinds.push('RENAMED');
  if (before.parentKey !== after.parentKey) kinds.push('MOVED');
  if (reordering) kinds.push('REORDERED');
  if (!areSame(before.synonyms, after.synonyms)) kinds.push('SYNONYMS_CHANGED');
  if (before.description !== after.description) kinds.push('DESCRIPTION_CHANGED');
  return kinds;
}

/** One readable line: `renamed 'Kitty' to 'Cat' (en); moved from 'pets' to the top`. */
export function summarize(difference: LabelDifference): string {
  const { before, after, reordering } = difference;
  const parts = kindsOf(difference).map((kind) => {
    if (kind === 'ADDED') return `added ${under(after!)}`;
    if (kind === 'REMOVED') return `removed from ${placeOf(before!)}`;
    if (kind === 'RENAMED') return `renamed ${listTexts(before!.names, after!.names)}`;
    if (kind === 'MOVED') return `moved from ${placeOf(before!)} to ${placeOf(after!)}`;
    if (kind === 'REORDERED') return `from place ${reordering!.from} to ${reordering!.to} among its siblings`;
    if (kind === 'SYNONYMS_CHANGED') return `synonyms ${listTexts(before!.synonyms, after!.synonyms)}`;
    return 'description changed';
  });
  return parts.join('; ');
}

function under(label: LabelContent): string {
  return label.parentKey === null ? 'at the top' : `under '${label.parentKey}'`;
}

function placeOf({ parentKey }: LabelContent): string {
  return parentKey === null ? 'the top' : `'${parentKey}'`;
}

const MAX_LISTED = 5;

/** By language what went and what came; another order alone is said to be one. */
function listTexts(before: readonly LocalizedText[], after: readonly LocalizedText[]): string {
  const languages = [...new Set([...before, ...after].map(({ language }) => language))];
  const changes = languages.flatMap((language) => {
    const gone = without(textsIn(before, language), textsIn(after, language));
    const come = without(textsIn(after, language), textsIn(before, language));
    return gone.length + come.length === 0 ? [] : [`${describe(gone, come)} (${language})`];
  });
  if (changes.length === 0) return 'in another order';
  const more = changes.length - MAX_LISTED;
  return changes.slice(0, MAX_LISTED).join(', ') + (more > 0 ? `, and in ${more} more languages` : '');
}

function describe(gone: string[], come: string[]): string {
  if (gone.length === 0) return `with ${quote(come)}`;
  return come.length === 0 ? `without ${quote(gone)}` : `${quote(gone)} to ${quote(come)}`;
}

function quote(texts: string[]): string {
  const more = texts.length - MAX_LISTED;
  const listed = texts.slice(0, MAX_LISTED).map((text) => `'${text}'`);
  return listed.join(', ') + (more > 0 ? ` and ${more} more` : '');
}

function textsIn(texts: readonly LocalizedText[], language: string): string[] {
  return texts.filter((text) => text.language === language).map(({ text }) => text);
}

function without(texts: string[], others: string[]): string[] {
  return texts.filter((text) => !others.includes(text));
}

function areSame(before: readonly LocalizedText[], after: readonly LocalizedText[]): boolean {
  return (
    before.length === after.length &&
    before.every(({ language, text }, i) => after[i]!.language === language && after[i]!.text === text)
  );
}
