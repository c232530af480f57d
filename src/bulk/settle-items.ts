import type { ClassificationJob, ClassificationJobItem } from '../database/generated/client.ts';
import type { Tx } from '../tenancy/tenant-db.ts';
import type { BlobStore } from './blob-store.ts';
import type { ItemOutcome } from './job-settings.ts';

/** Somebody else has settled items of the chunk meanwhile: the job was cancelled, or another process runs it. */
export class Overtaken extends Error {}

/**
 * Writes what became of the items, an outcome a taxonomy each: SUCCEEDED with at least one classification. Bytes of
 * those are needed no more. Throws Overtaken, and so rolls everything back, unless all of them were pending.
 */
export async function settleItems(
  tx: Tx,
  blobs: BlobStore,
  { tenantId, id: jobId }: Pick<ClassificationJob, 'tenantId' | 'id'>,
  { items, outcomes }: { items: readonly ClassificationJobItem[]; outcomes: readonly ItemOutcome[][] },
): Promise<void> {
  const states = outcomes.map((each) => (each.some((one) => 'id' in one) ? 'SUCCEEDED' : 'FAILED'));
  // One after the other, and with those who cancel: locks of many items are never taken in two orders.
  await tx.$executeRaw`
    select from classification_job where tenant_id = ${tenantId}::uuid and id = ${jobId}::uuid for update`;
  const settled = await tx.$executeRaw`
    update classification_job_item i
    set state = done.state::classification_job_item_state, outcomes = done.outcomes::jsonb, finished_at = ${new Date()},
      blob_id = case when done.state = 'SUCCEEDED' then null else i.blob_id end
    from unnest(
      ${items.map(({ position }) => position)}::int[], ${states}::text[],
      ${outcomes.map((each) => JSON.stringify(each))}::text[]) as done (position, state, outcomes)
    where i.tenant_id = ${tenantId}::uuid and i.job_id = ${jobId}::uuid and i.position = done.position
      and i.state = 'PENDING'`;
  if (settled !== items.length) throw new Overtaken();
  const done = items.flatMap(({ blobId }, index) =>
    blobId && states[index] === 'SUCCEEDED' ? [blobId] : [],
  );
  await blobs.remove(tx, tenantId, done);
}
