import type { JobData, QueueSettings } from '../jobs/queue.ts';

/** The queue of slices of classification jobs. */
export const BULK_QUEUE = 'classify-bulk';

/** A slice of a job: some seconds of its pending items. It wakes a worker; what is to be done stands in the rows. */
export interface BulkJob extends JobData {
  jobId: string;
  series: number;
}

/** Queues of this folder, for `startQueue`. Failed slices are faults and crashes, not bad images: tried again and soon. */
export const BULK_QUEUES: Record<string, QueueSettings> = {
  [BULK_QUEUE]: { retryLimit: 10_000, retryDelaySeconds: 1, maxRetryDelaySeconds: 30, expireInSeconds: 900 },
};
