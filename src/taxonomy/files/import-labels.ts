import type { Taxonomy } from '../../database/generated/client.ts';
import { AppError } from '../../errors.ts';
import type { TenantDb } from '../../tenancy/tenant-db.ts';
import { finishEdit, lockDraft, type DraftEdit } from '../edit-draft.ts';
import { kindsOf, type LabelContent, type LabelDifference } from '../label-difference.ts';
import type { CheckedLabel } from '../label-input.ts';
import { readContents, readTree, writeLabels } from '../label-rows.ts';
import type { LabelTree, Place } from '../label-tree.ts';
import { findReordered } from '../sibling-places.ts';
import { canonicalLanguage } from '../languages.ts';
import { createTurns } from '../turns.ts';
import { checkKeys, findOrphans, mergeLabel, planPlaces } from './check-labels.ts';
import type { FileLabel, ImportProblem, LabelFormat, ParsedFile } from './label-file.ts';
import { writeLayout } from './layouts.ts';
import { parseFile } from './parse-file.ts';

export interface ImportLabelsInput extends DraftEdit {
  format: LabelFormat;
  bytes: Uint8Array;
  /** Of the names in formats that do not say it; the taxonomy's default where left out. */
  language?: string | null;
  dryRun: boolean;
}

export interface ImportedLabels {
  /** The taxonomy as it is now; null where nothing was written. */
  taxonomy: Taxonomy | null;
  changes: ImportChanges | null;
  /** By line. Where there are any, nothing was written. */
  problems: ImportProblem[];
}

export interface ImportChanges {
  addedCount: number;
  changedCount: number;
  unchangedCount: number;
  /** The first of those added or changed. */
  labels: LabelDifference[];
}

/** Changes that an answer lists; the counts speak of all. */
const MAX_LISTED = 100;

/**
 * Adds the labels of a file to the draft and changes those whose key is there; it removes none. All of the file is
 * taken, or nothing. What it changes is found out between two transactions, which both compare revisions: merging 20,000
 * labels takes longer than anybody should wait for a lock.
 * Throws as `lockDraft`, and INVALID_INPUT for a language that is none.
 */
export async function importLabels(
  { db }: { db: TenantDb },
  tenantId: string,
  { format, bytes, language: given, dryRun, ...edit }: ImportLabelsInput,
): Promise<ImportedLabels> {
  const language = given
    ? canonicalLanguage(given, ['language'])
    : await readDefaultLanguage(db, tenantId, edit);
  const file = await parseFile(bytes, format, language);
  const plan = await planImport(await readDraft(db, tenantId, edit, file), file);
  if ('problems' in plan) return refuse(plan.problems);
  const { labels, places, changes } = plan;
  if (dryRun) return { taxonomy: null, changes, problems: [] };
  return db.withTenant(tenantId, async (tx) => {
    const locked = await lockDraft(tx, tenantId, edit);
    const owner = { tenantId, versionId: locked.draft.id };
    await writeLabels(tx, owner, labels, places);
    if (file.layout) await writeLayout(tx, owner, { format, language }, file.layout);
    return { taxonomy: await finishEdit(tx, tenantId, locked), changes, problems: [] };
  });
}

/** Problems come by line. */
function refuse(problems: ImportProblem[]): ImportedLabels {
  return { taxonomy: null, changes: null, problems: problems.toSorted((a, b) => a.line - b.line) };
}

async function readDefaultLanguage(
  db: TenantDb,
  tenantId: string,
  { taxonomyId }: DraftEdit,
): Promise<string> {
  const where = { tenantId_id: { tenantId, id: taxonomyId } };
  const taxonomy = await db.withTenant(tenantId, (tx) => tx.taxonomy.findUnique({ where }));
  if (taxonomy) return taxonomy.defaultLanguage;
  throw new AppError('NOT_FOUND', { message: 'There is no such taxonomy.', path: ['taxonomyId'] });
}

/** Of the draft at the expected revision: where its labels stand, and what those say that the file names, too. */
interface Draft {
  tree: LabelTree;
  contents: Map<string, LabelContent>;
}

/** Labels looked up at once: some milliseconds of work for the event loop. */
const LOOKUP_SIZE = 500;

/** Under the lock: no edit may come between its statements. */
async function readDraft(db: TenantDb, tenantId: string, edit: DraftEdit, file: ParsedFile): Promise<Draft> {
  return db.withTenant(tenantId, async (tx) => {
    const { draft } = await lockDraft(tx, tenantId, edit);
    const owner = { tenantId, versionId: draft.id };
    const tree = await readTree(tx, owner);
    const keys = keysIn(file.labels, tree);
    const contents = new Map<string, LabelContent>();
    for (let start = 0; start < keys.length; start += LOOKUP_SIZE) {
      const found = await readContents(tx, owner, keys.slice(start, start + LOOKUP_SIZE));
      for (const [key, content] of found) contents.set(key, content);
    }
    return { tree, contents };
  });
}

type ImportPlan =
  | { labels: CheckedLabel[]; places: Map<string, Place>; changes: ImportChanges }
  | { problems: ImportProblem[] };

/** All mistakes at once, but for those that only a file without others can have: cycles, depth, too many labels. */
async function planImport({ tree, contents }: Draft, file: ParsedFile): Promise<ImportPlan> {
  const problems = [...file.problems];
  await checkKeys(file.labels, problems);
  const told = new Set(problems.map(({ line }) => line));
  if (file.problems.length === 0) problems.push(...findOrphans(tree, file.labels));
  const merged: CheckedLabel[] = [];
  const lines: number[] = [];
  const differences: LabelDifference[] = [];
  const turn = createTurns();
  for (const label of file.labels) {
    await turn();
    if (told.has(label.line)) continue;
    const before = contents.get(label.key) ?? null;
    const after = mergeLabel(label, before, problems);
    if (!after) continue;
    merged.push(after);
    lines.push(label.line);
    differences.push({ key: label.key, before, after });
  }
  const places = problems.length > 0 ? null : planPlaces(tree, merged, lines, problems);
  if (!places) return { problems };
  const reordered = findReordered(tree, new Map([...tree, ...places]));
  const changed = differences
    .map((one) => ({ ...one, ...(reordered.has(one.key) && { reordering: reordered.get(one.key)! }) }))
    .filter((one) => kindsOf(one).length > 0);
  const different = new Set(changed.map(({ key }) => key));
  return {
    // Other numbers in the same order are no change to speak of, but what comes between them later goes by them.
    labels: merged.filter(({ key }) => different.has(key) || !isInPlace(key, tree, places)),
    places,
    changes: countChanges(changed, merged.length),
  };
}

function keysIn(labels: readonly FileLabel[], tree: LabelTree): string[] {
  return labels.flatMap(({ key }) => (tree.has(key) ? [key] : []));
}

function isInPlace(key: string, tree: LabelTree, places: ReadonlyMap<string, Place>): boolean {
  return tree.get(key)?.position === places.get(key)!.position;
}

function countChanges(changed: LabelDifference[], count: number): ImportChanges {
  const addedCount = changed.filter(({ before }) => before === null).length;
  return {
    addedCount,
    changedCount: changed.length - addedCount,
    unchangedCount: count - changed.length,
    labels: changed.slice(0, MAX_LISTED),
  };
}
