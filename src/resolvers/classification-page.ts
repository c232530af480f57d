import { readPredictions } from '../classification/find.ts';
import type { Classification, Label, Prediction, TaxonomyVersion } from '../database/generated/client.ts';
import { readPaths } from '../taxonomy/read-labels.ts';
import type { Tx } from '../tenancy/tenant-db.ts';
import type { Loaders } from './loaders.ts';

/** Classifications with everything that their fields show, however deep. */
export interface ClassificationPage<Row extends Classification = Classification> {
  rows: Row[];
  predictions: Prediction[];
  versions: TaxonomyVersion[];
  /** Per label its ancestors and itself, from the top down. */
  paths: (Label & { labelId: string })[];
}

/** Reads in three statements what a page of any length would otherwise load by as many transactions. */
export async function readClassificationPage<Row extends Classification>(
  tx: Tx,
  tenantId: string,
  rows: Row[],
): Promise<ClassificationPage<Row>> {
  const predictions = await readPredictions(
    tx,
    tenantId,
    rows.map(({ id }) => id),
  );
  const versionIds = [...new Set(rows.map(({ versionId }) => versionId))];
  const versions = await tx.taxonomyVersion.findMany({ where: { tenantId, id: { in: versionIds } } });
  const labelIds = [...new Set(predictions.map(({ labelId }) => labelId))];
  return { rows, predictions, versions, paths: await readPaths(tx, tenantId, labelIds) };
}

/** Hands a page to the loaders of the request, so that its fields find there what was read. */
export function primeClassificationPage(
  loaders: Loaders,
  { rows, predictions, versions, paths }: ClassificationPage,
): void {
  const predictionsOf = Map.groupBy(predictions, ({ classificationId }) => classificationId);
  for (const row of rows) {
    loaders.classification.prime(row.id, row);
    loaders.predictions.prime(row.id, predictionsOf.get(row.id) ?? []);
  }
  for (const version of versions) loaders.version.prime(version.id, version);
  for (const [labelId, path] of Map.groupBy(paths, (label) => label.labelId))
    loaders.path.prime(labelId, path);
}
