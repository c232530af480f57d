import type { Taxonomy } from '../database/generated/client.ts';
import { newUuid } from '../ids.ts';
import type { Queue } from '../jobs/queue.ts';
import type { Tx } from '../tenancy/tenant-db.ts';
import { lockDraft, type DraftEdit } from './edit-draft.ts';
import { EMBED_QUEUE } from './embed-queue.ts';
import { copyLayouts } from './files/layouts.ts';
import { copyLabels, copyTemplates } from './label-rows.ts';
import type { VersionPlan } from './plan-version.ts';

/**
 * Copies the draft to a new version in state EMBEDDING, labels numbered in the order of the plan (their rows in the
 * taxonomy matrix), and queues the embedding of its prompts, all in the caller's transaction. Gives the version's id.
 * Throws as `lockDraft`: REVISION_CONFLICT where the plan is of another draft by now.
 */
export async function freezeDraft(
  { tx, queue }: { tx: Tx; queue: Queue },
  tenantId: string,
  edit: DraftEdit & { note: string | null },
  plan: VersionPlan,
): Promise<string> {
  const { taxonomy, draft } = await lockDraft(tx, tenantId, edit);
  const versionId = await insertVersion(tx, taxonomy, edit.note, plan);
  const copy = { fromVersionId: draft.id, toVersionId: versionId, order: plan.order };
  await copyLabels(tx, tenantId, copy);
  await copyTemplates(tx, tenantId, copy);
  await copyLayouts(tx, tenantId, copy);
  await queue.send(tx, EMBED_QUEUE, { tenantId, versionId });
  return versionId;
}

/** The lock on the taxonomy keeps two publishes from taking the same number. */
async function insertVersion(
  tx: Tx,
  { tenantId, id: taxonomyId, defaultLanguage }: Taxonomy,
  note: string | null,
  plan: VersionPlan,
): Promise<string> {
  const { _max } = await tx.taxonomyVersion.aggregate({
    where: { tenantId, taxonomyId },
    _max: { number: true },
  });
  const { id } = await tx.taxonomyVersion.create({
    data: {
      tenantId,
      id: newUuid(),
      taxonomyId,
      number: (_max.number ?? 0) + 1,
      state: 'EMBEDDING',
      note,
      modelId: plan.model.id,
      modelRevision: plan.model.revision,
      defaultLanguage,
      promptLanguages: plan.promptLanguages,
      labelCount: plan.order.length,
      promptCount: plan.promptCount,
      cachedPromptCount: plan.cachedPromptCount,
      embeddedPromptCount: plan.cachedPromptCount,
      warnings: plan.warnings.map((warning) => ({ ...warning })),
    },
  });
  return id;
}
