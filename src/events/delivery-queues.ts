import type { JobData, QueueSettings } from '../jobs/queue.ts';

/** The queue of deliveries to endpoints that answer well. */
export const DELIVERY_QUEUE = 'deliver-webhook';
/** The queue of deliveries to endpoints whose last attempt failed or took long: they hold up each other only. */
export const SLOW_DELIVERY_QUEUE = 'deliver-webhook-slowly';

/** One attempt. It wakes a worker; what is to be done stands in the delivery, and a stale job does nothing. */
export interface DeliveryJob extends JobData {
  deliveryId: string;
  series: number;
  /** Attempts of the series before this one. */
  tries: number;
}

/** A run ends by itself long before `expireInSeconds`. Failed runs are crashes, not attempts: tried again and soon. */
const SETTINGS: QueueSettings = {
  retryLimit: 10_000,
  retryDelaySeconds: 1,
  maxRetryDelaySeconds: 10,
  expireInSeconds: 120,
};

/** Queues of this folder, for `startQueue`. */
export const DELIVERY_QUEUES: Record<string, QueueSettings> = {
  [DELIVERY_QUEUE]: SETTINGS,
  [SLOW_DELIVERY_QUEUE]: SETTINGS,
};

/** Attempts at one endpoint that one process makes at once, as long as it answers well; else one. */
const LANES = 4;

/** Which attempts wait for each other. */
export function laneOf(endpointId: string, { isSlow }: { isSlow: boolean }): string {
  return isSlow ? endpointId : `${endpointId}/${Math.floor(Math.random() * LANES)}`;
}

export function queueOf({ isSlow }: { isSlow: boolean }): string {
  return isSlow ? SLOW_DELIVERY_QUEUE : DELIVERY_QUEUE;
}
