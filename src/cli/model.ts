import { ConfigError, type Config } from '../config.ts';
import { AppError } from '../errors.ts';
import { listModels, loadModel } from '../inference/index.ts';
import { say } from './say.ts';

/** Checks the directory of the model in use and says what is in it. */
export async function model(config: Config): Promise<void> {
  const loading = listModels(config).then(([directory]) => loadModel(directory));
  const found = await loading.catch((error: unknown) => {
    throw error instanceof AppError ? new ConfigError(error.message, { cause: error }) : error;
  });
  const facts = {
    id: found.id,
    name: found.name,
    description: found.description,
    directory: found.directory,
    revision: found.revision,
    languages: found.languages.join(', '),
    dimension: found.dimension,
    'context length': found.contextLength,
    'logit scale': found.logitScale,
    activation: found.activation,
    licence: found.licence,
    demonstration: found.isDemonstration ? 'yes: it knows illustrations, not photographs' : 'no',
  };
  for (const [name, value] of Object.entries(facts)) say(`${`${name}:`.padEnd(16)}${value}`);
}
