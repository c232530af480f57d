import { readExample } from './classify.ts';
import { startImageServer } from './image-server.ts';
import { jobClient, type Job } from './job-client.ts';
import type { KillRig } from './kill-rig.ts';
import { seededInteger } from './list-tree.ts';
import { until } from './poll.ts';
import { webhookClient } from './webhook-client.ts';

export interface JobKillPlan {
  items: number;
  /** kill -9 of the server in the middle of the job; after the last one `taxolens worker` goes on with it. */
  kills: number;
}

export interface JobKillOutcome {
  job: Job;
  classifications: number;
  /** Items whose image was classified once, and is what the item names. */
  exact: number;
  /** Entries of the ledger, and the images that they count. */
  metered: { entries: number; images: number };
  /** `job.completed`, as the database has them. */
  events: number;
  /** From the last kill to the end of the job. */
  drainedMs: number;
}

/** Of the server of the images: so that a job takes some seconds, and is always in the middle of something. */
const ANSWER_MS = 50;

/** Runs a job while the server is killed again and again, and counts what became of its items. */
export async function classifyThroughKills(rig: KillRig, plan: JobKillPlan): Promise<JobKillOutcome> {
  const cat = readExample('one-cat.png');
  const images = await startImageServer((_, response) => setTimeout(() => response.end(cat), ANSWER_MS));
  try {
    const id = await beginJob(rig, plan.items, images.url);
    const random = seededInteger(plan.kills);
    const share = plan.items / (plan.kills + 1);
    for (let kill = 1; kill <= plan.kills; kill++) {
      const moment = Math.floor((kill - 1) * share + random(Math.floor(share)) + 1);
      await until('enough is classified', async () => (await countDone(rig)) >= moment, 120_000);
      await rig.kill();
      if (kill < plan.kills) await rig.start();
    }
    const lastKillMs = Date.now();
    rig.startWorker();
    await until('the worker has ended the job', () => isOver(rig), 120_000);
    const drainedMs = Date.now() - lastKillMs;
    await rig.start();
    const job = (await jobClient(rig.server(), rig.key).read(id))!;
    return { job, drainedMs, ...(await count(rig)) };
  } finally {
    await images.stop();
  }
}

async function beginJob(rig: KillRig, count: number, toUrl: (path: string) => string): Promise<string> {
  const webhooks = webhookClient(rig.server(), rig.key);
  await webhooks.createOrThrow({ url: rig.receiver.url, eventTypes: ['JOB_COMPLETED'] });
  const items = Array.from({ length: count }, (_, index) => ({
    source: { url: toUrl(`/${index}`) },
    reference: `item ${index}`,
  }));
  const taxonomies = [{ by: { name: 'five-labels' } }];
  return (await jobClient(rig.server(), rig.key).begin({ items, taxonomies })).id;
}

async function countDone({ query }: KillRig): Promise<number> {
  const [row] = await query<{ count: number }>(
    `select count(*)::int as count from classification_job_item where state <> 'PENDING'`,
  );
  return row!.count;
}

async function isOver({ query }: KillRig): Promise<boolean> {
  return (await query(`select from classification_job where state <> 'RUNNING'`)).length === 1;
}

async function count({ query }: KillRig) {
  const [row] = await query<{
    classifications: number;
    exact: number;
    entries: number;
    images: number;
    events: number;
  }>(`
    select
      (select count(*) from classification)::int as classifications,
      (select count(*) from classification_job_item i where state = 'SUCCEEDED' and 1 = (
        select count(*) from classification c where c.reference = i.reference
          and i.outcomes = jsonb_build_array(jsonb_build_object('id', c.id))))::int as exact,
      (select count(*) from usage_event)::int as entries,
      (select coalesce(sum(images), 0) from usage_event)::int as images,
      (select count(*) from webhook_event where type = 'job.completed')::int as events`);
  const { entries, images, ...rest } = row!;
  return { ...rest, metered: { entries, images } };
}
