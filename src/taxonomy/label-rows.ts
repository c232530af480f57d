import { newUuid } from '../ids.ts';
import type { Tx } from '../tenancy/tenant-db.ts';
import type { LabelContent } from './label-difference.ts';
import type { CheckedLabel } from './label-input.ts';
import type { LabelTree, Place } from './label-tree.ts';

/** Whose labels: the draft's or a version's. */
export interface LabelOwner {
  tenantId: string;
  versionId: string;
}

/** The places of all labels of a draft or a version. */
export async function readTree(tx: Tx, { tenantId, versionId }: LabelOwner): Promise<LabelTree> {
  // As one text: 20,000 rows of three columns would hold up the event loop for a tenth of a second.
  const [row] = await tx.$queryRaw<{ places: [key: string, parentKey: string | null, position: number][] }[]>`
    select coalesce(json_agg(json_build_array(key, parent_key, position)), '[]') as places
    from label where tenant_id = ${tenantId}::uuid and version_id = ${versionId}::uuid`;
  return new Map(row!.places.map(([key, parentKey, position]) => [key, { parentKey, position }]));
}

/** What labels with these keys say, by key; those that are not there are left out. */
export async function readContents(
  tx: Tx,
  { tenantId, versionId }: LabelOwner,
  keys: readonly string[],
): Promise<Map<string, LabelContent>> {
  if (keys.length === 0) return new Map();
  const rows = await tx.$queryRaw<(LabelContent & { key: string })[]>`
    select key, names, synonyms, description, parent_key as "parentKey" from label
    where tenant_id = ${tenantId}::uuid and version_id = ${versionId}::uuid and key = any(${[...keys]}::text[])`;
  return new Map(rows.map(({ key, ...content }) => [key, content]));
}

/** From which draft or version to which other. */
export interface LabelCopy {
  fromVersionId: string;
  toVersionId: string;
  order: readonly string[];
}

/** Labels in one statement: some milliseconds of work for the event loop. */
const STATEMENT_SIZE = 500;

/** Adds labels at their places and changes those whose key is there, thousands in a few statements. */
export async function writeLabels(
  tx: Tx,
  owner: LabelOwner,
  labels: readonly CheckedLabel[],
  places: ReadonlyMap<string, Place>,
): Promise<void> {
  for (let start = 0; start < labels.length; start += STATEMENT_SIZE) {
    await writeSome(tx, owner, labels.slice(start, start + STATEMENT_SIZE), places);
  }
  await analyzeLabels(tx, labels.length);
}

async function writeSome(
  tx: Tx,
  { tenantId, versionId }: LabelOwner,
  labels: readonly CheckedLabel[],
  places: ReadonlyMap<string, Place>,
): Promise<void> {
  const rows = labels.map((label) => ({ ...label, ...places.get(label.key), id: newUuid() }));
  await tx.$executeRaw`
    insert into label (tenant_id, id, version_id, key, position, names, synonyms, description, parent_key)
    select ${tenantId}::uuid, id, ${versionId}::uuid, key, position, names, synonyms, description, "parentKey"
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given
      (id uuid, key text, position int, names jsonb, synonyms jsonb, description text, "parentKey" text)
    on conflict (tenant_id, version_id, key) do update set
      position = excluded.position, names = excluded.names, synonyms = excluded.synonyms,
      description = excluded.description, parent_key = excluded.parent_key`;
}

/** Moves labels of a draft to their new places, in one statement. */
export async function writePlaces(
  tx: Tx,
  { tenantId, versionId }: LabelOwner,
  places: ReadonlyMap<string, Place>,
): Promise<void> {
  const rows = [...places].map(([key, place]) => ({ key, ...place }));
  await tx.$executeRaw`
    update label set parent_key = moved."parentKey", position = moved.position
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as moved (key text, position int, "parentKey" text)
    where label.tenant_id = ${tenantId}::uuid and label.version_id = ${versionId}::uuid and label.key = moved.key`;
}

/**
 * Copies labels from one draft or version to another of the same tenant, with ids of their own. `order` names the
 * keys to copy: the place in it becomes the position.
 */
export async function copyLabels(tx: Tx, tenantId: string, copy: LabelCopy): Promise<void> {
  const { order, fromVersionId, toVersionId } = copy;
  for (let start = 0; start < order.length; start += STATEMENT_SIZE) {
    const keys = order.slice(start, start + STATEMENT_SIZE);
    const rows = keys.map((key, index) => ({ key, position: start + index, id: newUuid() }));
    await tx.$executeRaw`
      insert into label (tenant_id, id, version_id, key, position, names, synonyms, description, parent_key)
      select l.tenant_id, copy.id, ${toVersionId}::uuid, l.key, copy.position, l.names, l.synonyms, l.description, l.parent_key
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as copy (id uuid, key text, position int)
      join label l on l.tenant_id = ${tenantId}::uuid and l.version_id = ${fromVersionId}::uuid and l.key = copy.key`;
  }
  await analyzeLabels(tx, order.length);
}

/** Removes labels of a draft by their keys, and gives how many. */
export async function deleteLabels(
  tx: Tx,
  { tenantId, versionId }: LabelOwner,
  keys: ReadonlySet<string>,
): Promise<number> {
  await analyzeLabels(tx, keys.size);
  return tx.$executeRaw`
    delete from label
    where tenant_id = ${tenantId}::uuid and version_id = ${versionId}::uuid and key = any(${[...keys]}::text[])`;
}

/** Labels of one edit that the planner's statistics should know of at once. */
const MANY_LABELS = 1_000;

/**
 * Has the planner learn of many labels. Without it, each check of a foreign key may read all labels of the tenant: the
 * statistics do not know a tenant whose labels were just written.
 */
async function analyzeLabels(tx: Tx, labelCount: number): Promise<void> {
  if (labelCount >= MANY_LABELS) await tx.$executeRaw`select analyze_labels()`;
}

/** Copies the prompt templates of a draft or version to another that has none. */
export async function copyTemplates(
  tx: Tx,
  tenantId: string,
  { fromVersionId, toVersionId }: { fromVersionId: string; toVersionId: string },
): Promise<void> {
  await tx.$executeRaw`
    insert into prompt_template (tenant_id, version_id, language, position, text)
    select tenant_id, ${toVersionId}::uuid, language, position, text
    from prompt_template where tenant_id = ${tenantId}::uuid and version_id = ${fromVersionId}::uuid`;
}
