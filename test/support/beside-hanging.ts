import { until } from './poll.ts';
import type { Receiver } from './receiver.ts';
import type { WebhookClient } from './webhook-client.ts';

export interface Endpoints {
  /** Answer at once. */
  healthy: readonly string[];
  /** Never answers. */
  hanging: string;
  /** The most requests that it has held at once. */
  mostHeld(): number;
  /** Puts another one in its place, once it holds nothing any more. */
  renew(): Promise<void>;
}

const PACE_MS = 100;

/** Endpoints of which one hangs: it is the one at the path `/hanging`. */
export async function makeEndpoints(
  webhooks: WebhookClient,
  receiver: Receiver,
  healthyCount: number,
): Promise<Endpoints> {
  const make = async (path: string) => {
    const url = `${receiver.url}${path}`;
    return (await webhooks.createOrThrow({ url, eventTypes: ['WEBHOOK_TEST'] })).endpoint.id;
  };
  let held = 0;
  let mostHeld = 0;
  receiver.answer = ({ path }, response) => {
    if (path !== '/hanging') return void response.writeHead(204).end();
    held += 1;
    mostHeld = Math.max(mostHeld, held);
    response.once('close', () => (held -= 1));
  };
  const healthy: string[] = [];
  for (let index = 0; index < healthyCount; index++) healthy.push(await make(`healthy-${index}`));
  const endpoints: Endpoints = {
    healthy,
    hanging: await make('hanging'),
    mostHeld: () => mostHeld,
    async renew() {
      await webhooks.remove(endpoints.hanging);
      await until('it holds nothing', () => held === 0);
      endpoints.hanging = await make('hanging');
    },
  };
  return endpoints;
}

/**
 * Sends `count` events to each healthy endpoint at an even pace, and as many to the hanging one where `withHanging`.
 * Gives the milliseconds from each event to its request at a healthy one, in ascending order.
 */
export async function measureHealthy(
  webhooks: WebhookClient,
  receiver: Receiver,
  { healthy, hanging }: Pick<Endpoints, 'healthy' | 'hanging'>,
  { count, withHanging }: { count: number; withHanging: boolean },
): Promise<number[]> {
  const came = () => receiver.received.filter(({ path }) => path !== '/hanging');
  const before = came().length;
  for (let round = 0; round < count; round++) {
    const nextMs = Date.now() + PACE_MS;
    await Promise.all([...healthy, ...(withHanging ? [hanging] : [])].map((id) => webhooks.sendTest(id)));
    await until('the next moment', () => Date.now() >= nextMs);
  }
  await until('all have come', () => came().length === before + count * healthy.length, 60_000);
  return came()
    .slice(before)
    .map(({ at, payload }) => at - Date.parse(payload.timestamp))
    .toSorted((a, b) => a - b);
}
