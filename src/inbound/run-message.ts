import type { Services } from '../context.ts';
import type { Prisma } from '../database/generated/client.ts';
import { AppError } from '../errors.ts';
import type { Job } from '../jobs/queue.ts';
import type { Tx } from '../tenancy/tenant-db.ts';
import { announceMessage } from './await-message.ts';
import { classifyMessage } from './classify-message.ts';
import { INBOUND_QUEUE, laneOf, type InboundJob } from './inbound-queue.ts';
import { buildFailedEvents, type MessageOfHook } from './message-events.ts';
import { blobIdsOf } from './stored-image.ts';

/** What passes by itself: the message waits for it. */
const PASSING: readonly string[] = ['OVERLOADED', 'RATE_LIMITED', 'DEADLINE_EXCEEDED'];
const LONGEST_WAIT_MS = 10_000;

/**
 * Classifies a message and ends it in one transaction: classifications, usage, events and the end of the job happen
 * together, and once. A process that dies before has done nothing, and another one takes the message up.
 */
export async function runMessage(services: Services, job: Job<InboundJob>): Promise<void> {
  const message = await takePending(services, job);
  if (!message) return;
  try {
    await classifyMessage(services, message, {
      signal: job.signal,
      settle: (tx, outcomes) => settle(services, tx, { job, message, end: { state: 'COMPLETED', outcomes } }),
    });
  } catch (error) {
    if (job.signal.aborted || !(error instanceof AppError) || error.code === 'INTERNAL') throw error;
    if (PASSING.includes(error.code)) return postpone(services, job, error);
    await fail(services, { job, message, error });
  }
  announceMessage(message.id);
}

/** Null where there is nothing to do: the message has ended, or its hook is gone. The job is then completed. */
async function takePending({ db }: Services, job: Job<InboundJob>): Promise<MessageOfHook | null> {
  const { tenantId, messageId: id } = job.data;
  return db.withTenant(tenantId, async (tx) => {
    const where = { tenantId_id: { tenantId, id } };
    const message = await tx.inboundMessage.findUnique({ where, include: { hook: true } });
    if (message?.state === 'PENDING') return message;
    await job.complete(tx);
    return null;
  });
}

interface Settled {
  job: Job<InboundJob>;
  message: MessageOfHook;
  end: Pick<Prisma.InboundMessageUncheckedUpdateManyInput, 'outcomes' | 'failure'> & {
    state: 'COMPLETED' | 'FAILED';
  };
}

/** Ends a message in the caller's transaction. Throws, and so rolls it back, where the message is not pending any more. */
async function settle({ blobs }: Services, tx: Tx, { job, message, end }: Settled): Promise<void> {
  const { tenantId, id } = message;
  const { count } = await tx.inboundMessage.updateMany({
    where: { tenantId, id, state: 'PENDING' },
    data: { ...end, finishedAt: new Date() },
  });
  if (count !== 1) throw new Error(`The message ${id} was ended, or its hook deleted, meanwhile.`);
  await blobs.remove(tx, tenantId, blobIdsOf(message));
  await job.complete(tx);
}

async function postpone(
  { db, queue, logger }: Services,
  job: Job<InboundJob>,
  { code, retryAfterMs = 1_000 }: AppError,
): Promise<void> {
  const { tenantId, messageId } = job.data;
  const waitMs = Math.min(retryAfterMs, LONGEST_WAIT_MS);
  const startAfter = new Date(Date.now() + waitMs);
  await db.withTenant(tenantId, async (tx) => {
    await queue.send<InboundJob>(tx, INBOUND_QUEUE, { ...job.data, lane: laneOf(tenantId) }, { startAfter });
    await job.complete(tx);
  });
  logger.info({ tenantId, messageId, code, waitMs }, 'inbound message waits');
}

/** What fails every image: a quota that is used up, a taxonomy that is not published. */
async function fail(
  services: Services,
  { job, message, error }: { job: Job<InboundJob>; message: MessageOfHook; error: AppError },
): Promise<void> {
  const failure = { code: error.code, message: error.message };
  await services.db.withTenant(message.tenantId, async (tx) => {
    await settle(services, tx, { job, message, end: { state: 'FAILED', failure } });
    await services.events.record(tx, message.tenantId, ['classification.failed'], () =>
      buildFailedEvents(tx, message, error),
    );
  });
}
