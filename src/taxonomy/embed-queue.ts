import type { JobData, QueueSettings } from '../jobs/queue.ts';

/** The queue of versions whose prompts are to be embedded. */
export const EMBED_QUEUE = 'embed-taxonomy-version';

export interface EmbedJob extends JobData {
  versionId: string;
}

/**
 * Queues of this folder, for `startQueue`. A run may last hours (300,000 prompts on one CPU). It may be begun far
 * more often than it may fail: a process that is killed, such as at each deployment, is no failure of the version.
 */
export const TAXONOMY_QUEUES: Record<string, QueueSettings> = {
  [EMBED_QUEUE]: { retryLimit: 1_000, retryDelaySeconds: 1, expireInSeconds: 12 * 3600 },
};
