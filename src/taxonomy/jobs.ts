import type { Logger } from 'pino';
import { AppError } from '../errors.ts';
import type { EventLog } from '../events/event-log.ts';
import type { Inference } from '../inference/index.ts';
import type { Job, Queue } from '../jobs/queue.ts';
import type { TenantDb } from '../tenancy/tenant-db.ts';
import { announceVersion } from './await-version.ts';
import { EMBED_QUEUE, type EmbedJob } from './embed-queue.ts';
import { embedVersion } from './embed-version.ts';

interface Services {
  db: TenantDb;
  queue: Queue;
  events: EventLog;
  inference: Pick<Inference, 'models' | 'proveModel' | 'embedTexts' | 'countTokens'>;
  logger: Pick<Logger, 'info' | 'warn' | 'error'>;
}

/** Versions that are embedded at once in this process: a big one does not hold up the small, the encoder takes turns. */
const CONCURRENCY = { concurrency: 4 };

/** From this run on an error is final: some four minutes of retries, each going on where the one before it stopped. */
const LAST_RETRY = 8;

/** Begins to embed published versions in this process. */
export async function registerTaxonomyJobs(services: Services): Promise<void> {
  await services.queue.work<EmbedJob>(EMBED_QUEUE, (job) => runEmbedJob(services, job), CONCURRENCY);
}

async function runEmbedJob(services: Services, job: Job<EmbedJob>): Promise<void> {
  const { db, logger } = services;
  const { data, retryCount, signal } = job;
  const startedAt = performance.now();
  try {
    await embedVersion(services, job);
    logger.info({ ...data, durationMs: Math.round(performance.now() - startedAt) }, 'version embedded');
  } catch (error) {
    // A process that stops leaves its version to the next one: the queue runs the job again.
    if (signal.aborted || (!isFinal(error) && retryCount < LAST_RETRY)) throw error;
    logger.error({ ...data, err: error }, 'version failed');
    await failVersion(db, job, reasonOf(error));
  }
  announceVersion(data.versionId);
}

/**
 * Whether another run would end the same: something that the author has to mend, or a model that does not run. One that
 * is not here may be in another process, as it is while servers are replaced one by one.
 */
function isFinal(error: unknown): boolean {
  if (error instanceof AppError) return error.channel === 'input' && error.retryAfterMs === undefined;
  return error instanceof RangeError;
}

function reasonOf(error: unknown): string {
  if (error instanceof AppError) return error.message;
  return 'The prompts could not be embedded, by a fault of the server; its log says more. Publish again.';
}

/** Completes the job with it: a run that was taken over must not fail what its successor is embedding. */
async function failVersion(db: TenantDb, { data, complete }: Job<EmbedJob>, failure: string): Promise<void> {
  const { tenantId, versionId } = data;
  await db.withTenant(tenantId, async (tx) => {
    await tx.taxonomyVersion.updateMany({
      where: { tenantId, id: versionId, state: 'EMBEDDING' },
      data: { state: 'FAILED', failure },
    });
    await complete(tx);
  });
}
