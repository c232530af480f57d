import { checkRange } from '../classification/classify-input.ts';
import { resolveTargets } from '../classification/targets.ts';
import type { Services } from '../context.ts';
import { toId } from '../ids.ts';
import type { JobSettings } from './job-settings.ts';

/**
 * The settings of a job, with the versions that are the newest now: all of its items are classified against those.
 * Throws INVALID_INPUT, and what `resolveTargets` throws.
 */
export async function pinSettings(
  services: Services,
  tenantId: string,
  { taxonomies, topK, minScore, language, promptLanguage }: JobSettings,
): Promise<JobSettings> {
  checkRange('taxonomies', taxonomies.length, { min: 1, max: 10, unit: 'taxonomies' });
  checkRange('topK', topK, { min: 1, max: 100, unit: 'predictions' });
  if (minScore !== null) checkRange('minScore', minScore, { min: 0, max: 1, unit: 'as a score' });
  const targets = await resolveTargets(services, tenantId, { taxonomies, language, promptLanguage });
  const pinned = targets.map(({ version: { taxonomyId, number } }) => ({
    by: { id: toId('taxonomy', taxonomyId) },
    version: number,
  }));
  return { taxonomies: pinned, topK, minScore, language, promptLanguage };
}
