import type { Taxonomy } from '../database/generated/client.ts';
import { AppError } from '../errors.ts';
import type { Inference, ModelStatus } from '../inference/index.ts';

/** The models that taxonomies may choose, as inference lists them. */
export type Models = Pick<Inference, 'models'>;

/** The model with this id; the first one where none is given. Throws MODEL_NOT_AVAILABLE listing those that there are. */
export function requireModel({ models }: Models, id: string | null | undefined): ModelStatus {
  const model = typeof id === 'string' ? models.find((one) => one.id === id) : models[0];
  if (model) return model;
  throw new AppError('MODEL_NOT_AVAILABLE', {
    message: `There is no model '${id ?? ''}' here; there is ${listIds(models)}.`,
    path: ['modelId'],
    details: { modelIds: models.map((one) => one.id) },
  });
}

/** The model that a draft was made for. Throws MODEL_NOT_AVAILABLE with the remedy where it is no longer here. */
export function requireModelOf(
  { models }: Models,
  { name, modelId }: Pick<Taxonomy, 'name' | 'modelId'>,
): ModelStatus {
  const model = models.find(({ id }) => id === modelId);
  if (model) return model;
  throw new AppError('MODEL_NOT_AVAILABLE', {
    message:
      `'${name}' is made for the model '${modelId}', which is not here; there is ${listIds(models)}. ` +
      "Choose one of them as its 'modelId' with 'updateTaxonomy', or bring the model back.",
    path: ['taxonomyId'],
    details: { modelIds: models.map((one) => one.id) },
  });
}

function listIds(models: readonly ModelStatus[]): string {
  return models.map(({ id }) => `'${id}'`).join(', ') || 'none';
}
