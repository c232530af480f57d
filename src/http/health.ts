import type { Inference } from '../inference/index.ts';
import type { TenantDb } from '../tenancy/tenant-db.ts';
import type { Step } from './locals.ts';

export interface HealthSources {
  db: TenantDb;
  inference: Inference;
}

/** A probe every few seconds from several places costs one inference. */
const REMEMBERED_MS = 2_000;
/** Slower than this is not ready. */
const CHECK_LIMIT_MS = 10_000;

/** The process runs and its event loop turns: nothing else, or a database outage would restart every replica. */
export const answerLive: Step = (_request, response) => {
  response.json({ status: 'live' });
};

/**
 * 200 when a picture goes the whole way through decoder and encoder and the database answers (the job queue lives
 * in it); else 503 with the reasons.
 */
export function answerReady(sources: HealthSources): Step {
  const look = remember(() => findReasons(sources), REMEMBERED_MS);
  return async (_request, response) => {
    const reasons = await look();
    if (reasons.length === 0) response.json({ status: 'ready' });
    else response.status(503).set('Retry-After', '2').json({ status: 'not ready', reasons });
  };
}

async function findReasons({ db, inference }: HealthSources): Promise<string[]> {
  const signal = AbortSignal.timeout(CHECK_LIMIT_MS);
  const checks = await Promise.allSettled([
    within(signal, inference.check(signal)),
    within(
      signal,
      db.withOperator((tx) => tx.$queryRaw`select 1`),
    ),
  ]);
  const names = ['inference', 'database'];
  return checks.flatMap(({ status }, index) =>
    status === 'rejected' ? `${names[index]} does not answer` : [],
  );
}

/** Rejects when the time is up, whether or not the work notices. */
function within<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason as Error);
  signal.addEventListener('abort', onAbort);
  return Promise.race([work, promise]).finally(() => signal.removeEventListener('abort', onAbort));
}

/** One call at a time; its result serves until it is older than `ms`. */
function remember<T>(call: () => Promise<T>, ms: number): () => Promise<T> {
  let last: { at: number; result: Promise<T> } | undefined;
  return () => {
    if (!last || performance.now() - last.at > ms) {
      const entry = { at: Infinity, result: call().finally(() => (entry.at = performance.now())) };
      last = entry;
    }
    return last.result;
  };
}
