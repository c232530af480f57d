import { AppError } from '../../errors.ts';
import { loadModel } from './model.ts';
import { listModels } from './store/list-models.ts';
import type { Logger } from 'pino';
import type { Model } from './model.ts';
import type { ModelPlaces } from './store/list-models.ts';

/**
 * Reads every model that is served, the default first. Throws as `listModels`, and as `loadModel` for the default;
 * another one that cannot be read, or has the id of one before it, is left out with a line in the log.
 */
export async function loadModels(
  places: ModelPlaces,
  logger: Pick<Logger, 'warn'>,
): Promise<[Model, ...Model[]]> {
  const [first, ...others] = await listModels(places);
  const models: [Model, ...Model[]] = [await loadModel(first)];
  for (const directory of others) {
    const model = await loadModel(directory).catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error;
      logger.warn({ err: error, directory }, 'a model cannot be served');
    });
    if (!model) continue;
    const same = models.find(({ id }) => id === model.id);
    if (same) {
      const about = { id: model.id, directory, instead: same.directory };
      logger.warn(about, 'a model has the id of another, and is not served');
    } else models.push(model);
  }
  return models;
}
