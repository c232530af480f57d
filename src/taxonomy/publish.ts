import type { TaxonomyVersion } from '../database/generated/client.ts';
import { AppError } from '../errors.ts';
import type { Queue } from '../jobs/queue.ts';
import { idempotently } from '../tenancy/idempotency.ts';
import type { TenantDb } from '../tenancy/tenant-db.ts';
import { awaitVersion } from './await-version.ts';
import type { DraftEdit } from './edit-draft.ts';
import { freezeDraft } from './freeze-draft.ts';
import type { Models } from './models.ts';
import { planVersion } from './plan-version.ts';
import { warningsOf, type PublishWarning } from './prompt-languages.ts';
import { checkText } from './text-rules.ts';

export interface PublishTaxonomyInput extends DraftEdit {
  note?: string | null;
  /** Milliseconds to wait for READY or FAILED, 0 to 60,000; the embedding goes on afterwards. */
  waitMs: number;
  idempotencyKey?: string | null;
}

export interface PublishedTaxonomy {
  version: TaxonomyVersion;
  embeddedPrompts: number;
  cachedPrompts: number;
  /** Those that the frozen labels give rise to; once it is READY, also what its label embeddings show. */
  warnings: PublishWarning[];
}

/** What an idempotent publish keeps as its answer. */
type FrozenDraft = { versionId: string; promptCount: number; cachedPromptCount: number };

const MAX_WAIT_MS = 60_000;
const MAX_NOTE_LENGTH = 5_000;

/**
 * Freezes the draft as a new version, has its prompts embedded by a job, and waits a while for that.
 * Throws as `planVersion` and `freezeDraft`; the failure of the embedding is told by the version's state.
 */
export async function publishTaxonomy(
  { db, queue, inference }: { db: TenantDb; queue: Queue; inference: Models },
  tenantId: string,
  { waitMs, idempotencyKey, ...input }: PublishTaxonomyInput,
  signal?: AbortSignal,
): Promise<PublishedTaxonomy> {
  checkInput(input.note, waitMs);
  const request = { key: idempotencyKey, operation: 'publishTaxonomy', input };
  const frozen = await idempotently(db, tenantId, request, {
    work: async (complete) => {
      const plan = await planVersion({ db, inference }, tenantId, input);
      const { promptCount, cachedPromptCount } = plan;
      const edit = { ...input, note: input.note ?? null };
      return db.withTenant(tenantId, async (tx): Promise<FrozenDraft> => {
        const versionId = await freezeDraft({ tx, queue }, tenantId, edit, plan);
        const frozen = { versionId, promptCount, cachedPromptCount };
        await complete(tx, frozen);
        return frozen;
      });
    },
    replay: async (response) => response as FrozenDraft,
  });
  const version = await awaitVersion(db, tenantId, frozen.versionId, { waitMs, signal });
  return {
    version,
    embeddedPrompts: frozen.promptCount - frozen.cachedPromptCount,
    cachedPrompts: frozen.cachedPromptCount,
    warnings: warningsOf(version),
  };
}

function checkInput(note: string | null | undefined, waitMs: number): void {
  if (typeof note === 'string') {
    checkText(note, { what: 'A note', maxLength: MAX_NOTE_LENGTH, path: ['note'], multiline: true });
  }
  if (waitMs >= 0 && waitMs <= MAX_WAIT_MS) return;
  const message = `'waitMs' is 0 to ${MAX_WAIT_MS} milliseconds; got ${waitMs}.`;
  throw new AppError('INVALID_INPUT', { message, path: ['waitMs'] });
}
