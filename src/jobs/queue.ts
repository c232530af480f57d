import { fromPrisma, PgBoss } from 'pg-boss';
import { HeardClient } from '../database/heard-client.ts';
import type { DatabaseLogger } from '../database/logger.ts';
import { asQueueUrl, QUEUE_ROLE, QUEUE_SCHEMA } from '../database/queue-schema.ts';
import type { Tx } from '../tenancy/tenant-db.ts';

/** Not among the options that pg-boss documents: it hands what it is given to its pool. */
const POOL_OPTIONS = { Client: HeardClient };

/** Every job says whose it is, so that its handler can open `withTenant`. */
export interface JobData {
  tenantId: string;
  /** With `oneAtATimePerLane`: jobs of the same lane take turns. Default: those of the tenant. */
  lane?: string;
}

/** What a queue does with its jobs. */
export interface QueueSettings {
  /** How often a job that failed (or whose process died) is tried again. Default 5. */
  retryLimit?: number;
  /** Seconds before the first retry; doubles from there, with jitter. Default 1. */
  retryDelaySeconds?: number;
  /** Seconds before any retry at most. Default: no bound. */
  maxRetryDelaySeconds?: number;
  /** Seconds that one run may last, at most 86,400. Default 900. */
  expireInSeconds?: number;
}

export interface SendOptions {
  /** The time before which the job does not run. */
  startAfter?: Date;
}

export interface Job<T extends JobData> {
  id: string;
  data: T;
  /** 0 at the first run; grows when an earlier one failed or its process died. */
  retryCount: number;
  /** Aborted when the queue stops or the run's time is up. */
  signal: AbortSignal;
  /**
   * Completes the job in the transaction of its own effects, so that they happen once. Throws, and so rolls back,
   * when another process has taken the job over meanwhile.
   */
  complete(tx: Tx): Promise<void>;
}

export interface WorkOptions {
  /** Jobs at once in this process. Default 1. */
  concurrency?: number;
  /** Whether the jobs of a lane run one after the other in this process, so that others get their turn. */
  oneAtATimePerLane?: boolean;
}

/** Jobs of one queue that are not done: those that a worker may take now, those whose time is yet to come, those that run. */
export interface Backlog {
  queue: string;
  ready: number;
  deferred: number;
  active: number;
}

export interface Queue {
  /** Adds a job in the transaction of its cause: both happen or neither. Gives its id. */
  send<T extends JobData>(tx: Tx, queueName: string, data: T, options?: SendOptions): Promise<string>;
  /** Adds many jobs in one statement. */
  insert<T extends JobData>(tx: Tx, queueName: string, data: T[]): Promise<void>;
  /** Runs `handler` for each job; a rejection counts as a failed try. At least once: effects use `job.complete`. */
  work<T extends JobData>(
    queueName: string,
    handler: (job: Job<T>) => Promise<void>,
    options?: WorkOptions,
  ): Promise<void>;
  /** Jobs of every queue as last counted, at most some seconds ago; those done are not among them. */
  backlog(): Promise<Backlog[]>;
  /** Takes no new job, gives the running ones some seconds, then hands the rest to the next process. */
  stop(): Promise<void>;
}

export interface StartQueueOptions {
  /** URL of the application role, which may become the queue's role. */
  applicationUrl: string;
  logger: DatabaseLogger;
  queues: Record<string, QueueSettings>;
}

/** Connections at most, besides the one that listens. */
const POOL_SIZE = 4;
/** Milliseconds that running jobs have when the queue stops. */
const STOP_LIMIT_MS = 5_000;

/** Seconds without a sign of life after which another process takes a job over; 10 is the least. */
const HEARTBEAT_SECONDS = 10;
/** Seconds between looks for such jobs. Each look costs a few statements, also on an idle system. */
const SUPERVISE_SECONDS = 5;
/** Seconds between polls. NOTIFY wakes a worker at once; polls find retries and jobs whose time has come. */
const POLL_SECONDS = 2;

/** Connects to the job queue, with the same settings in every process that sends or works. */
export async function startQueue({ applicationUrl, logger, queues }: StartQueueOptions): Promise<Queue> {
  const boss = new PgBoss({
    connectionString: asQueueUrl(applicationUrl),
    schema: QUEUE_SCHEMA,
    max: POOL_SIZE,
    createSchema: false,
    migrate: false, // `migrate` did, and granted what it made
    schedule: false,
    useListenNotify: true,
    superviseIntervalSeconds: SUPERVISE_SECONDS,
    monitorIntervalSeconds: SUPERVISE_SECONDS,
    ...POOL_OPTIONS,
  });
  // Unheard, a lost connection would end the process; pg-boss reconnects by itself.
  boss.on('error', (error) => logger.error({ err: error }, 'job queue'));
  boss.on('warning', (warning) => logger.warn({ warning }, 'job queue'));
  await boss.start();
  for (const [name, settings] of Object.entries(queues)) await declareQueue(boss, name, settings);

  return {
    // Null is for queues that refuse a second job of the same key, which these are not.
    send: async (tx, queueName, data, options) =>
      (await boss.send(queueName, data, { ...options, group: laneOf(data), db: fromPrisma(tx) }))!,
    async insert(tx, queueName, data) {
      const jobs = data.map((one) => ({ data: one, group: laneOf(one) }));
      await boss.insert(queueName, jobs, { db: fromPrisma(tx) });
    },
    work: (queueName, handler, options) => startWorkers(boss, queueName, handler, options),
    backlog: async () =>
      (await boss.getQueues(Object.keys(queues))).map(({ name, readyCount, deferredCount, activeCount }) => ({
        queue: name,
        ready: readyCount,
        deferred: deferredCount,
        active: activeCount,
      })),
    stop: () => boss.stop({ graceful: true, timeout: STOP_LIMIT_MS }),
  };
}

function laneOf({ tenantId, lane }: JobData): { id: string } {
  return { id: lane ?? tenantId };
}

async function declareQueue(boss: PgBoss, name: string, settings: QueueSettings): Promise<void> {
  const options = {
    notify: true,
    heartbeatSeconds: HEARTBEAT_SECONDS,
    retryLimit: settings.retryLimit ?? 5,
    retryDelay: settings.retryDelaySeconds ?? 1,
    retryBackoff: true,
    ...(settings.maxRetryDelaySeconds !== undefined && { retryDelayMax: settings.maxRetryDelaySeconds }),
    expireInSeconds: settings.expireInSeconds ?? 900,
  };
  await boss.createQueue(name, options);
  await boss.updateQueue(name, options); // createQueue leaves an existing queue as it was
}

async function startWorkers<T extends JobData>(
  boss: PgBoss,
  queueName: string,
  handler: (job: Job<T>) => Promise<void>,
  { concurrency = 1, oneAtATimePerLane = false }: WorkOptions = {},
): Promise<void> {
  const options = {
    batchSize: 1,
    pollingIntervalSeconds: POLL_SECONDS,
    notifyPollingIntervalSeconds: POLL_SECONDS,
    ...(oneAtATimePerLane && { localGroupConcurrency: 1 }),
  };
  // Workers one by one, not localConcurrency: only so can each be woken when its own job is done.
  for (let index = 0; index < concurrency; index += 1) {
    let workerId = '';
    workerId = await boss.work<T>(queueName, options, async ([job]) => {
      try {
        if (!job) return;
        const { id, data, retryCount, signal } = job;
        await handler({
          id,
          data,
          retryCount,
          signal,
          complete: (tx) => completeWithin(boss, tx, queueName, job),
        });
      } finally {
        boss.notifyWorker(workerId); // look for the next job at once: a backlog must not wait for the poll
      }
    });
  }
}

async function completeWithin(
  boss: PgBoss,
  tx: Tx,
  queueName: string,
  { id, retryCount }: { id: string; retryCount: number },
): Promise<void> {
  const result = await boss.complete(queueName, { id, retryCount }, null, { db: asQueueRole(tx) });
  const { affected } = result as { affected?: number };
  if (affected !== 1) throw new Error(`Job ${id} of ${queueName} was taken over by another process.`);
}

/** Runs the queue's own statements within a transaction of the application, whose role has no right to them. */
function asQueueRole(tx: Tx): ReturnType<typeof fromPrisma> {
  const db = fromPrisma(tx);
  return {
    async executeSql(text, values) {
      await tx.$executeRawUnsafe(`set local role ${QUEUE_ROLE}`);
      const result = await db.executeSql(text, values);
      await tx.$executeRawUnsafe('set local role none');
      return result;
    },
  };
}
