import { stringify } from 'csv-stringify/sync';
import type { ClassificationJobItem, Label, Prediction } from '../database/generated/client.ts';
import { toId } from '../ids.ts';
import type { TenantDb, Tx } from '../tenancy/tenant-db.ts';
import { findItems } from './find-jobs.ts';
import type { JobDownload } from './job-links.ts';
import { settingsOf, type ItemOutcome } from './job-settings.ts';

/** Items that are read at once, and the predictions of theirs: they are in memory together, and a transaction has some seconds. */
const PAGE = 500;
const PREDICTIONS = 20_000;
const COLUMNS = [
  'index',
  'reference',
  'state',
  'outcome',
  'classificationId',
  'label',
  'score',
  'errorCode',
  'errorMessage',
];
/** A spreadsheet would run a cell that begins with one of these. */
const FORMULA = /^[=+\-@\t\r]/;

type PredictionsById = Map<string, (Prediction & { label: Label })[]>;

/** The items of a job in their order, piece by piece: JSONL has an item a line, CSV an outcome a row. */
export async function* writeResults(
  db: TenantDb,
  { tenantId, jobId, format }: JobDownload,
): AsyncGenerator<string> {
  if (format === 'CSV') yield stringify([COLUMNS]);
  const limit = await chooseLimit(db, { tenantId, jobId, format });
  for (let cursor: number | null = null; ;) {
    const window = { limit, cursor, backward: false };
    const page = await db.withTenant(tenantId, async (tx) => {
      const items = await findItems(tx, { tenantId, id: jobId }, undefined, window);
      return { items, predictions: await readPredictions(tx, { tenantId, format }, items.slice(0, limit)) };
    });
    const items = page.items.slice(0, limit);
    const write = format === 'CSV' ? toRows : toLine;
    if (items.length > 0) yield items.map((item) => write(item, page.predictions)).join('');
    if (page.items.length <= limit) return;
    cursor = items.at(-1)!.position;
  }
}

async function chooseLimit(db: TenantDb, { tenantId, jobId, format }: JobDownload): Promise<number> {
  const where = { tenantId_id: { tenantId, id: jobId } };
  const job = await db.withTenant(tenantId, (tx) => tx.classificationJob.findUnique({ where }));
  if (!job) return PAGE; // deleted since: there are no items either
  const { taxonomies, topK } = settingsOf(job);
  const predictions = taxonomies.length * (format === 'CSV' ? 1 : topK);
  return Math.max(1, Math.min(PAGE, Math.floor(PREDICTIONS / predictions)));
}

function outcomesOf({ outcomes }: ClassificationJobItem): ItemOutcome[] {
  return (outcomes ?? []) as unknown as ItemOutcome[];
}

/** For CSV the best of each classification only. */
async function readPredictions(
  tx: Tx,
  { tenantId, format }: Pick<JobDownload, 'tenantId' | 'format'>,
  items: ClassificationJobItem[],
): Promise<PredictionsById> {
  const ids = items.flatMap((item) => outcomesOf(item).flatMap((one) => ('id' in one ? [one.id] : [])));
  const rows = await tx.prediction.findMany({
    where: { tenantId, classificationId: { in: ids }, ...(format === 'CSV' && { rank: 0 }) },
    include: { label: true },
    orderBy: [{ classificationId: 'asc' }, { rank: 'asc' }],
  });
  return Map.groupBy(rows, ({ classificationId }) => classificationId);
}

function toLine(item: ClassificationJobItem, predictions: PredictionsById): string {
  const { position: index, reference, metadata, state } = item;
  const outcomes = outcomesOf(item).map((one) =>
    'error' in one
      ? one
      : {
          classificationId: toId('classification', one.id),
          predictions: (predictions.get(one.id) ?? []).map(({ label, score, similarity }) => ({
            label: label.key,
            score,
            similarity,
          })),
        },
  );
  return `${JSON.stringify({ index, reference, metadata, state, outcomes })}\n`;
}

/** An item without outcomes has one row too. */
function toRows(item: ClassificationJobItem, predictions: PredictionsById): string {
  const { position, reference, state } = item;
  const start = [position, asText(reference ?? ''), state];
  const rows = outcomesOf(item).map((one, outcome) => {
    if ('error' in one) return [...start, outcome, '', '', '', one.error.code, asText(one.error.message)];
    const top = predictions.get(one.id)?.[0];
    const label = top ? asText(top.label.key) : '';
    return [...start, outcome, toId('classification', one.id), label, top?.score ?? '', '', ''];
  });
  return stringify(rows.length > 0 ? rows : [[...start, '', '', '', '', '', '']]);
}

function asText(text: string): string {
  return FORMULA.test(text) ? `'${text}` : text;
}
