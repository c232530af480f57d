import type { Timing } from '../classification/results.ts';
import { AppError } from '../errors.ts';
import { toId } from '../ids.ts';
import type { ClassificationResolvers, ImageFormat } from '../schema/types.generated.ts';

export const Classification: ClassificationResolvers = {
  id: ({ id }) => toId('classification', id),
  taxonomyVersion: async ({ versionId }, _, { loaders }) => (await loaders.version.load(versionId))!,
  model: ({ modelId, modelRevision }) => ({ id: modelId, revision: modelRevision }),
  image: (row) => ({
    sha256: Buffer.from(row.imageSha256).toString('hex'),
    width: row.imageWidth,
    height: row.imageHeight,
    format: row.imageFormat as ImageFormat,
    sizeBytes: row.imageSizeBytes,
  }),
  metadata: ({ metadata }) => metadata as Record<string, unknown> | null,
  top: async ({ id }, _, { loaders }) => (await loaders.predictions.load(id)).at(0) ?? null,
  predictions: async ({ id }, { first, minScore }, { loaders }) => {
    if (first !== null && first !== undefined && (first < 1 || first > 100)) {
      throw new AppError('INVALID_INPUT', {
        message: `'first' must be 1 to 100; got ${first}.`,
        path: ['first'],
      });
    }
    const predictions = await loaders.predictions.load(id);
    return predictions.filter(({ score }) => score >= (minScore ?? 0)).slice(0, first ?? 100);
  },
  timing: ({ timing }) => timing as unknown as Timing,
};
