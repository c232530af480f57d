import type { Services } from '../context.ts';
import type { ClassificationJob } from '../database/generated/client.ts';
import { AppError } from '../errors.ts';
import type { Job } from '../jobs/queue.ts';
import { BULK_LIMITS } from '../limits.ts';
import { endJob, lockJob } from './end-job.ts';
import { findItems } from './find-jobs.ts';
import { BULK_QUEUE, type BulkJob } from './job-queue.ts';
import { settingsOf } from './job-settings.ts';
import { runChunk, type Chunk } from './run-chunk.ts';
import { splitBySize } from './split-by-size.ts';
import { Overtaken, settleItems } from './settle-items.ts';
import { watchCancel } from './watch-cancel.ts';

/** After so long the next job has its turn. */
const SLICE_MS = 5_000;
/** A slice that failed so often goes on item by item, so that one that always fails ends nothing but itself. */
const PATIENT_RETRIES = 4;

/** Works on a job for some seconds, then ends it or queues its next slice. Idempotent, and resumable at any point. */
export async function runSlice(services: Services, slice: Job<BulkJob>): Promise<void> {
  const { tenantId, jobId } = slice.data;
  using watch = watchCancel(services, slice);
  const endsAt = performance.now() + SLICE_MS;
  const isLast = slice.retryCount >= PATIENT_RETRIES;
  let next: Next = { single: isLast, waitMs: 0 };
  while (next.waitMs === 0 && performance.now() < endsAt && !watch.signal.aborted) {
    const chunk = await readChunk(services, slice, { single: next.single || isLast, signal: watch.signal });
    if (!chunk) break;
    next = await tryChunk(services, chunk, isLast);
  }
  if (slice.signal.aborted) throw slice.signal.reason;
  await services.db.withTenant(tenantId, async (tx) => {
    const job = await lockJob(tx, tenantId, jobId);
    if (job && isCurrent(job, slice.data)) {
      const pending = await findItems(tx, job, 'PENDING', { limit: 0, cursor: null, backward: false });
      if (pending.length === 0) await endJob(tx, services.events, job, 'COMPLETED');
      else {
        const startAfter = new Date(Date.now() + next.waitMs);
        await services.queue.send<BulkJob>(tx, BULK_QUEUE, slice.data, next.waitMs > 0 ? { startAfter } : {});
      }
    }
    await slice.complete(tx);
  });
}

function isCurrent({ state, series }: ClassificationJob, data: BulkJob): boolean {
  return state === 'RUNNING' && series === data.series;
}

/** The next pending items, as many as have room in memory together; null where nothing is left to do. */
async function readChunk(
  { db, blobs }: Services,
  { data }: Job<BulkJob>,
  { single, signal }: { single: boolean; signal: AbortSignal },
): Promise<Chunk | null> {
  const { tenantId, jobId } = data;
  const limit = single ? 1 : BULK_LIMITS.itemsAtOnce;
  return db.withTenant(tenantId, async (tx) => {
    const job = await tx.classificationJob.findUnique({ where: { tenantId_id: { tenantId, id: jobId } } });
    if (!job || !isCurrent(job, data)) return null;
    const items = await findItems(tx, job, 'PENDING', { limit, cursor: null, backward: false });
    if (items.length === 0) return null;
    const blobIds = items.flatMap(({ blobId }) => blobId ?? []);
    const sizes = blobIds.length > 0 ? await blobs.measure(tx, tenantId, blobIds) : new Map<string, number>();
    const [together] = splitBySize(items.slice(0, limit), ({ blobId }) => sizes.get(blobId ?? '') ?? 0);
    return { job, items: together!, signal };
  });
}

/** How to go on after a chunk. */
interface Next {
  /** The next chunk should be of one item, because this one was too much at once. */
  single: boolean;
  /** There was no room: the slice ends, and the next one begins so much later. Others have their turns meanwhile. */
  waitMs: number;
}

const GO_ON: Next = { single: false, waitMs: 0 };
const LONGEST_WAIT_MS = 10_000;

/** Runs a chunk. What nobody expected fails the slice, and the item alone where this is its last try. */
async function tryChunk(services: Services, chunk: Chunk, isLast: boolean): Promise<Next> {
  try {
    await runChunk(services, chunk);
  } catch (error) {
    if (chunk.signal.aborted || error instanceof Overtaken) return GO_ON;
    if (!(error instanceof AppError) || error.code === 'INTERNAL') {
      if (!isLast) throw error;
      services.logger.error({ err: error, jobId: chunk.job.id }, 'an item of a job failed again and again');
      await failChunk(services, chunk, { code: 'INTERNAL', message: 'The image could not be classified.' });
      return GO_ON;
    }
    if (error.code === 'OVERLOADED' || error.code === 'RATE_LIMITED' || error.code === 'DEADLINE_EXCEEDED') {
      return { single: false, waitMs: Math.min(error.retryAfterMs ?? 1_000, LONGEST_WAIT_MS) };
    }
    if (chunk.items.length > 1 && error.code === 'INVALID_INPUT') return { single: true, waitMs: 0 };
    await failChunk(services, chunk, error);
  }
  return GO_ON;
}

/** What fails every image (a quota that is used up, a model that is gone) is the outcome of each. */
async function failChunk(
  { db, blobs }: Services,
  { job, items }: Chunk,
  { code, message }: Pick<AppError, 'code' | 'message'>,
): Promise<void> {
  const outcome = settingsOf(job).taxonomies.map(() => ({ error: { code, message } }));
  const settle = { items, outcomes: items.map(() => outcome) };
  await db
    .withTenant(job.tenantId, (tx) => settleItems(tx, blobs, job, settle))
    .catch((error: unknown) => {
      if (!(error instanceof Overtaken)) throw error;
    });
}
