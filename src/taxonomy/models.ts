import { AppError } from '../errors.ts';
import type { Inference, ModelStatus } from '../inference/index.ts';

/** The models that taxonomies may choose, as inference lists them. */
export type Models = Pick<Inference, 'models'>;

/** The model with this id; the first one where none is given. Throws MODEL_NOT_AVAILABLE listing those that there are. */
export function requireModel(
  { models }: Models,
  id: string | null | undefined,
  path = ['modelId'],
): ModelStatus {
  const model = typeof id === 'string' ? models.find((one) => one.id === id) : models[0];
  if (model) return model;
  throw new AppError('MODEL_NOT_AVAILABLE', {
    message: `There is no model '${id ?? ''}' here; there is ${models.map((one) => `'${one.id}'`).join(', ') || 'none'}.`,
    path,
    details: { modelIds: models.map((one) => one.id) },
  });
}
