import type { JobSettings } from '../bulk/job-settings.ts';
import type { CreateClassificationJobInput, ReclassifyInput } from '../schema/types.generated.ts';

/** What both ways to a job have in common. */
export function toJobSettings(
  input: CreateClassificationJobInput | ReclassifyInput,
): JobSettings & { idempotencyKey: string | null } {
  return {
    taxonomies: input.taxonomies.map(({ by, version }) => ({ by, version: version ?? null })),
    topK: input.topK,
    minScore: input.minScore ?? null,
    language: input.language ?? null,
    promptLanguage: input.promptLanguage ?? null,
    idempotencyKey: input.idempotencyKey ?? null,
  };
}
