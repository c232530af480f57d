import type { Taxonomy, TaxonomyVersion } from '../database/generated/client.ts';
import type { NewEvent } from '../events/event-types.ts';
import { toId } from '../ids.ts';

/** `taxonomy.published`: a version that has just become READY. */
export function toPublishedEvent(version: TaxonomyVersion & { taxonomy: Taxonomy }): NewEvent {
  const { taxonomy, number, note, modelId, modelRevision, labelCount, promptLanguages, publishedAt } =
    version;
  const id = toId('version', version.id);
  return {
    type: 'taxonomy.published',
    subjectId: id,
    about: { taxonomyId: taxonomy.id },
    data: {
      taxonomy: { id: toId('taxonomy', taxonomy.id), name: taxonomy.name },
      version: { id, number, note, labelCount, promptLanguages, publishedAt: publishedAt!.toISOString() },
      model: { id: modelId, revision: modelRevision },
    },
  };
}
