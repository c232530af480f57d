import { AppError } from '../../errors.ts';
import { checkKey, checkLabel, type CheckedLabel } from '../label-input.ts';
import type { LabelContent } from '../label-difference.ts';
import type { LocalizedText } from '../label-name.ts';
import { MAX_LABELS } from '../label-tree.ts';
import type { LabelTree, Place } from '../label-tree.ts';
import { planUpsert } from '../tree-edits.ts';
import { createTurns } from '../turns.ts';
import type { FileLabel, ImportProblem, ProblemCode } from './label-file.ts';

/** Reports keys that no label can have, and those that stand twice. The others can be looked up. */
export async function checkKeys(labels: readonly FileLabel[], problems: ImportProblem[]): Promise<void> {
  const turn = createTurns();
  const lineOf = new Map<string, number>();
  for (const { key, line } of labels) {
    await turn();
    reportAs('VALUE_INVALID', line, problems, () => checkKey(key, []));
    const earlier = lineOf.get(key);
    if (earlier === undefined) lineOf.set(key, line);
    else {
      const message = `The key '${key.slice(0, 200)}' stands at line ${earlier} already; a key names one label.`;
      problems.push({ line, code: 'KEY_DUPLICATE', message });
    }
  }
}

/** The label as it will be: what the file says, and of the draft's label what the file does not speak of. */
export function mergeLabel(
  file: FileLabel,
  before: LabelContent | null,
  problems: ImportProblem[],
): CheckedLabel | null {
  const { line, key, nameLanguages, synonymLanguages, position = null } = file;
  const merged = {
    key,
    names: mergeTexts(file.names, nameLanguages, before?.names),
    synonyms: file.synonyms
      ? mergeTexts(file.synonyms, synonymLanguages ?? null, before?.synonyms)
      : (before?.synonyms ?? []),
    description: file.description === undefined ? (before?.description ?? null) : file.description,
    parentKey: file.parentKey === undefined ? (before?.parentKey ?? null) : file.parentKey,
    position,
  };
  return reportAs('VALUE_INVALID', line, problems, () => checkLabel(merged, []));
}

/**
 * The texts of the file and, of the draft's label, those in languages that the file does not speak (null: it speaks all).
 * Where both have some, the languages keep the order of the draft: a file that says nothing new changes nothing.
 */
function mergeTexts(
  given: readonly LocalizedText[],
  spoken: readonly string[] | null,
  before: readonly LocalizedText[] = [],
): readonly LocalizedText[] {
  const others = spoken === null ? [] : before.filter(({ language }) => !spoken.includes(language));
  if (others.length === 0) return given;
  const placeOf = ({ language }: LocalizedText) => {
    const place = before.findIndex((text) => text.language === language);
    return place === -1 ? before.length : place;
  };
  return [...given, ...others].toSorted((a, b) => placeOf(a) - placeOf(b));
}

/** Where the labels come to stand; null where that cannot be, with the problems at their lines. */
export function planPlaces(
  tree: LabelTree,
  labels: readonly CheckedLabel[],
  lines: readonly number[],
  problems: ImportProblem[],
): Map<string, Place> | null {
  const added = labels.filter(({ key }) => !tree.has(key)).length;
  if (tree.size + added > MAX_LABELS) {
    const message = `A taxonomy has at most ${MAX_LABELS} labels; it would have ${tree.size + added}.`;
    problems.push({ line: lines.at(-1)!, code: 'TOO_MANY_LABELS', message });
    return null;
  }
  try {
    return planUpsert(tree, labels);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const index = Number(error.inputPath[1] ?? 0); // ['labels', index, 'parentKey']
    const code = error.code === 'LABEL_CYCLE' ? 'LABEL_CYCLE' : 'TOO_DEEP';
    problems.push({ line: lines[index]!, code, message: error.message });
    return null;
  }
}

/** Labels whose parent is nowhere. Only of a file that could be read whole: the parent may be in a line that could not. */
export function findOrphans(tree: LabelTree, labels: readonly FileLabel[]): ImportProblem[] {
  const keys = new Set(labels.map(({ key }) => key));
  return labels.flatMap(({ line, key, parentKey = null }) => {
    if (parentKey === null || keys.has(parentKey) || tree.has(parentKey)) return [];
    const message = `The parent '${parentKey.slice(0, 200)}' of '${key.slice(0, 200)}' is neither in the draft nor in the file.`;
    return [{ line, code: 'PARENT_UNKNOWN' as const, message }];
  });
}

/** What `check` gives; or null, where it finds the value unacceptable, with the problem. */
function reportAs<T>(code: ProblemCode, line: number, problems: ImportProblem[], check: () => T): T | null {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    problems.push({ line, code, message: error.message });
    return null;
  }
}
