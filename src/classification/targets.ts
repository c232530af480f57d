import type { Services } from '../context.ts';
import type { TaxonomyVersion } from '../database/generated/client.ts';
import { AppError } from '../errors.ts';
import type { ModelStatus } from '../inference/index.ts';
import type { CachedMatrix } from '../taxonomy/matrix.ts';
import { choosePromptLanguage, resolveTaxonomyVersions } from '../taxonomy/resolve-version.ts';
import type { ClassifyImagesInput } from './classify-input.ts';

/** What an image is scored against: an exact version, the model that made its embeddings, and its matrix. */
export interface Target {
  version: TaxonomyVersion;
  model: ModelStatus;
  matrix: CachedMatrix;
  language: string;
  promptLanguage: string;
}

/** One target a taxonomy of the input, in order. No text is encoded: a version brings its taxonomy matrix. */
export async function resolveTargets(
  { db, inference, matrices }: Services,
  tenantId: string,
  {
    taxonomies,
    language,
    promptLanguage: wanted,
  }: Pick<ClassifyImagesInput, 'taxonomies' | 'language' | 'promptLanguage'>,
): Promise<Target[]> {
  const versions = await resolveTaxonomyVersions(db, tenantId, taxonomies);
  return Promise.all(
    versions.map(async (version) => {
      const model = findModel(inference.models, version);
      const promptLanguage = choosePromptLanguage(version, model, wanted);
      const matrix = await matrices.get(tenantId, version, promptLanguage);
      return { version, model, matrix, language: language ?? version.defaultLanguage, promptLanguage };
    }),
  );
}

function findModel(models: readonly ModelStatus[], version: TaxonomyVersion): ModelStatus {
  const model = models.find(
    ({ id, revision }) => id === version.modelId && revision === version.modelRevision,
  );
  if (model) return model;
  throw new AppError('MODEL_NOT_AVAILABLE', {
    message:
      `Version ${version.number} was published for the model '${version.modelId}' at revision ${version.modelRevision.slice(0, 12)}, ` +
      `which is not here (there is ${models.map(({ id, revision }) => `'${id}' at ${revision.slice(0, 12)}`).join(', ')}). ` +
      "Bring it back, or choose another with 'updateTaxonomy' and publish the taxonomy again.",
    path: ['taxonomies'],
  });
}
