import type { Services } from '../context.ts';
import type { ClassificationJob } from '../database/generated/client.ts';
import { newUuid } from '../ids.ts';
import { idempotently } from '../tenancy/idempotency.ts';
import { findImages, type ImagesFrom } from './find-images.ts';
import { findJob } from './find-jobs.ts';
import type { JobSettings } from './job-settings.ts';
import { pinSettings } from './pin-settings.ts';
import { storeJob, type JobOwner } from './store-job.ts';

export interface ReclassifyInput extends JobSettings {
  from: ImagesFrom;
  idempotencyKey: string | null;
}

/**
 * Begins to classify images again by their kept embeddings: no bytes, no encoder. Answers at once, as `createJob`.
 * Throws INVALID_INPUT, NOT_FOUND, RATE_LIMITED, and what `resolveTargets` throws.
 */
export async function reclassify(
  services: Services,
  owner: JobOwner,
  { idempotencyKey: key, ...input }: ReclassifyInput,
): Promise<ClassificationJob> {
  const { db } = services;
  const { tenantId } = owner;
  const id = await idempotently(
    db,
    tenantId,
    { key, operation: 'reclassify', input },
    {
      work: async (complete) => {
        const settings = await pinSettings(services, tenantId, input);
        const items = await findImages(services, tenantId, input.from);
        const jobId = newUuid();
        await storeJob(services, owner, { id: jobId, settings, items, complete });
        return jobId;
      },
      replay: (response) => Promise.resolve((response as { jobId: string }).jobId),
    },
  );
  return findJob(db, tenantId, id);
}
