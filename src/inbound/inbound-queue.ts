import type { JobData, QueueSettings } from '../jobs/queue.ts';

/** The queue of messages that inbound hooks have taken. */
export const INBOUND_QUEUE = 'classify-inbound';

/** It wakes a worker; what is to be done stands in the message. */
export interface InboundJob extends JobData {
  messageId: string;
}

/** Queues of this folder, for `startQueue`. Failed runs are faults and crashes, not bad images: tried again and soon. */
export const INBOUND_QUEUES: Record<string, QueueSettings> = {
  [INBOUND_QUEUE]: {
    retryLimit: 10_000,
    retryDelaySeconds: 1,
    maxRetryDelaySeconds: 30,
    expireInSeconds: 600,
  },
};

/** Messages of one tenant that one process classifies at once. */
const LANES = 4;

/** Which messages wait for each other. */
export function laneOf(tenantId: string): string {
  return `${tenantId}/${Math.floor(Math.random() * LANES)}`;
}
