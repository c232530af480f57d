import type { Classification, Label, Taxonomy } from '../database/generated/client.ts';
import type { EventData, NewEvent } from '../events/event-types.ts';
import { toId } from '../ids.ts';
import { labelName } from '../taxonomy/label-name.ts';
import { readPaths } from '../taxonomy/read-labels.ts';
import type { Tx } from '../tenancy/tenant-db.ts';
import type { Recorded } from './record.ts';
import type { ImageResult } from './results.ts';
import type { Target } from './targets.ts';

/** What the transaction has recorded, and by what: a target an outcome of each result. */
export interface RecordedRequest {
  tenantId: string;
  requestId: string;
  results: readonly ImageResult[];
  targets: readonly Pick<Target, 'version'>[];
  /** The metadata of each image, in order. */
  metadata: readonly (EventData | null)[];
}

/** `classification.completed` and `classification.failed`, one an outcome. Called where an endpoint wants them. */
export async function buildClassificationEvents(tx: Tx, request: RecordedRequest): Promise<NewEvent[]> {
  const { tenantId, results, targets } = request;
  const taxonomyIds = [...new Set(targets.map(({ version }) => version.taxonomyId))];
  const taxonomies = await tx.taxonomy.findMany({ where: { tenantId, id: { in: taxonomyIds } } });
  const taxonomyOf = new Map(taxonomies.map((taxonomy) => [taxonomy.id, taxonomy]));
  const recorded = results.flatMap(({ outcomes }) =>
    outcomes.flatMap((outcome) => ('error' in outcome ? [] : [outcome])),
  );
  const labelIds = recorded.flatMap(({ predictions }) => predictions.map(({ labelId }) => labelId));
  const paths = Map.groupBy(await readPaths(tx, tenantId, [...new Set(labelIds)]), ({ labelId }) => labelId);
  return results.flatMap((result, row) =>
    result.outcomes.map((outcome, column) => {
      const { version } = targets[column]!;
      const taxonomy = taxonomyOf.get(version.taxonomyId)!;
      if ('error' in outcome)
        return failed(
          request,
          { ...result, metadata: request.metadata[row] ?? null },
          taxonomy,
          outcome.error,
        );
      return completed(outcome, { taxonomy, version, paths });
    }),
  );
}

function completed(
  { classification, predictions }: Recorded,
  of: Pick<Target, 'version'> & { taxonomy: Taxonomy; paths: Map<string, Label[]> },
): NewEvent {
  const { taxonomy, version, paths } = of;
  const pathOf = (labelId: string) => paths.get(labelId)!.map(({ key }) => key);
  const top = predictions[0];
  const id = toId('classification', classification.id);
  return {
    type: 'classification.completed',
    subjectId: id,
    about: { taxonomyId: taxonomy.id, top: top ? { path: pathOf(top.labelId), score: top.score } : null },
    data: {
      id,
      createdAt: classification.createdAt.toISOString(),
      requestId: classification.requestId,
      reference: classification.reference,
      metadata: classification.metadata,
      taxonomy: describeTaxonomy(taxonomy),
      taxonomyVersion: { id: toId('version', version.id), number: version.number },
      model: { id: classification.modelId, revision: classification.modelRevision },
      image: describeImage(classification),
      language: classification.language,
      predictions: predictions.map(({ labelId, score, similarity }) => ({
        label: { key: paths.get(labelId)!.at(-1)!.key, path: pathOf(labelId) },
        name: labelName(paths.get(labelId)!.at(-1)!, classification.language, version.defaultLanguage),
        score,
        similarity,
      })),
    },
  };
}

function failed(
  { requestId }: RecordedRequest,
  { index, reference, metadata }: ImageResult & { metadata: EventData | null },
  taxonomy: Taxonomy,
  { code, message }: { code: string; message: string },
): NewEvent {
  return {
    type: 'classification.failed',
    subjectId: null,
    about: { taxonomyId: taxonomy.id },
    data: {
      requestId,
      index,
      reference,
      metadata,
      taxonomy: describeTaxonomy(taxonomy),
      error: { code, message },
    },
  };
}

function describeTaxonomy({ id, name }: Taxonomy): EventData {
  return { id: toId('taxonomy', id), name };
}

function describeImage(row: Classification): EventData {
  return {
    sha256: Buffer.from(row.imageSha256).toString('hex'),
    width: row.imageWidth,
    height: row.imageHeight,
    format: row.imageFormat,
    sizeBytes: row.imageSizeBytes,
  };
}
