import type { Inference } from '../inference/index.ts';
import { createProbe } from '../probe.ts';
import type { TenantDb } from '../tenancy/tenant-db.ts';
import type { Step } from './locals.ts';

export interface HealthSources {
  db: TenantDb;
  inference: Inference;
}

/** A probe every few seconds from several places costs one inference. Slower than the limit is not ready. */
const PROBE = { rememberedMs: 2_000, limitMs: 10_000 };

/** The process runs and its event loop turns: nothing else, or a database outage would restart every replica. */
export const answerLive: Step = (_request, response) => {
  response.json({ status: 'live' });
};

/**
 * 200 when a picture goes the whole way through decoder and encoder and the database answers (the job queue lives
 * in it); else 503 with the reasons.
 */
export function answerReady({ db, inference }: HealthSources): Step {
  const probes = {
    inference: createProbe((signal) => inference.check(signal), PROBE),
    database: createProbe(() => db.withOperator((tx) => tx.$queryRaw`select 1`), PROBE),
  };
  return async (_request, response) => {
    const answers = await Promise.all(
      Object.entries(probes).map(async ([name, probe]) => ({ name, works: await probe() })),
    );
    const reasons = answers.filter(({ works }) => !works).map(({ name }) => `${name} does not answer`);
    if (reasons.length === 0) response.json({ status: 'ready' });
    else response.status(503).set('Retry-After', '2').json({ status: 'not ready', reasons });
  };
}
