import { toId } from '../../src/ids.ts';
import { classify, readExample } from './classify.ts';
import type { KillRig } from './kill-rig.ts';
import { seededInteger } from './list-tree.ts';
import { until } from './poll.ts';
import { webhookClient } from './webhook-client.ts';

export interface KillPlan {
  deliveries: number;
  /** kill -9 of the server, at random moments. */
  kills: number;
  /** Restarts of the database in immediate mode, between kills. */
  databaseRestarts: number;
}

export interface KillOutcome {
  events: number;
  /** Requests that the consumer got. */
  received: number;
  /** Events that never came. */
  lost: number;
  /** Webhook-ids that are no event's. */
  strange: number;
  duplicates: number;
  /** Requests that had come since the kill or restart before and were not yet written down, added up. */
  inFlight: number;
  /** From the last kill to the last delivery. */
  drainedMs: number;
  /** Deliveries that were left at the last kill. */
  left: number;
}

const IMAGES = 100;
/** Of the consumer: so that some requests are always under way. */
const ANSWER_MS = 60;

/** Delivers events of classifications while the server is killed, and counts what came. */
export async function deliverThroughKills(rig: KillRig, plan: KillPlan): Promise<KillOutcome> {
  const { receiver, query } = rig;
  const random = seededInteger(plan.kills + plan.databaseRestarts);
  receiver.answer = (_, response) => void setTimeout(() => response.writeHead(204).end(), ANSWER_MS);
  await makeDeliveries(rig, plan.deliveries);
  let inFlight = 0;
  let seen = 0;
  const countInFlight = async () => {
    const pending = await query<{ event_id: string }>(
      `select event_id from webhook_delivery where state <> 'SUCCEEDED'`,
    );
    const ids = idsOf(pending.map(({ event_id }) => event_id));
    const since = receiver.received.slice(seen);
    seen = receiver.received.length;
    inFlight += since.filter(({ id }) => ids.has(id)).length;
  };
  const restartAfter = spread(plan.databaseRestarts, plan.kills);
  const share = plan.deliveries / plan.kills;
  for (let kill = 1; kill <= plan.kills; kill++) {
    // A random moment of each share of the deliveries.
    const moment = Math.floor((kill - 1) * share + random(Math.floor(share)));
    await until('enough has come', () => receiver.received.length > moment, 120_000);
    if (restartAfter.has(kill)) {
      await rig.database.crash('SIGQUIT');
      await countInFlight();
    }
    await rig.kill();
    await countInFlight();
    if (kill < plan.kills) await rig.start();
  }
  const lastKillMs = Date.now();
  const left = await countPending(rig);
  await rig.start();
  await until('everything is delivered', async () => (await countPending(rig)) === 0, 120_000);
  const drainedMs = Date.now() - lastKillMs;
  const events = await query<{ id: string }>('select id from webhook_event');
  const expected = idsOf(events.map(({ id }) => id));
  const came = new Set(receiver.received.map(({ id }) => id));
  return {
    events: events.length,
    received: receiver.received.length,
    lost: expected.difference(came).size,
    strange: came.difference(expected).size,
    duplicates: receiver.received.length - came.size,
    inFlight,
    drainedMs,
    left,
  };
}

async function makeDeliveries(rig: KillRig, count: number): Promise<void> {
  const webhooks = webhookClient(rig.server(), rig.key);
  await webhooks.createOrThrow({ url: rig.receiver.url, eventTypes: ['CLASSIFICATION_COMPLETED'] });
  const image = readExample('one-cat.png');
  for (let made = 0; made < count; made += IMAGES) {
    const images = Array.from({ length: Math.min(IMAGES, count - made) }, () => image);
    await classify(rig.server(), { images, taxonomies: ['five-labels'], key: rig.key });
  }
}

function idsOf(uuids: string[]): Set<string> {
  return new Set(uuids.map((uuid) => toId('event', uuid)));
}

async function countPending({ query }: KillRig): Promise<number> {
  const [row] = await query<{ count: number }>(
    `select count(*)::int as count from webhook_delivery where state <> 'SUCCEEDED'`,
  );
  return row!.count;
}

/** Which kills a restart of the database comes before. */
function spread(restarts: number, kills: number): Set<number> {
  return new Set(
    Array.from({ length: restarts }, (_, index) => Math.ceil(((index + 1) * kills) / (restarts + 1))),
  );
}
