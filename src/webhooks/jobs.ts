import { DELIVERY_QUEUE, SLOW_DELIVERY_QUEUE, type DeliveryJob } from '../events/delivery-queues.ts';
import { deliver, type DeliveryServices } from './deliver.ts';
import { systemClock, type Clock } from './schedule.ts';

/** Attempts at once in this process, to endpoints that answer well and to those that do not. */
const WORKERS = 10;
const SLOW_WORKERS = 6;

/** Begins to deliver events in this process. `clock`: for tests of the schedule. */
export async function registerWebhookJobs(
  services: Omit<DeliveryServices, 'clock'>,
  { clock = systemClock }: { clock?: Clock | undefined } = {},
): Promise<void> {
  const { queue } = services;
  for (const [name, concurrency] of [
    [DELIVERY_QUEUE, WORKERS],
    [SLOW_DELIVERY_QUEUE, SLOW_WORKERS],
  ] as const) {
    const isSlowQueue = name === SLOW_DELIVERY_QUEUE;
    await queue.work<DeliveryJob>(name, (job) => deliver({ ...services, clock }, job, { isSlowQueue }), {
      concurrency,
      oneAtATimePerLane: true,
    });
  }
}
